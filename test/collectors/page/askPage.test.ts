import { expect, test, vi } from 'vitest';
import { askPage } from '../../../collectors/page/askPage.js';
import type { ProtocolSession } from '../../../collectors/protocolSession.js';

const ANSWERS: Readonly<Record<string, unknown>> = {
  'Page.getFrameTree': { frameTree: { frame: { id: 'f' } } },
  'Page.createIsolatedWorld': { executionContextId: 3 },
  'Runtime.evaluate': {
    result: { value: { crossOriginIsolated: false, hardwareConcurrency: 4, secureContext: true, webgpu: true } },
  },
  'Network.getSecurityIsolationStatus': { status: { coop: { value: 'SameOrigin' }, coep: { value: 'None' } } },
};

/** A page that reports its messages when a domain is enabled, as browsers do. */
function pageThat(reports: readonly (readonly [event: string, params: unknown])[], answers = ANSWERS) {
  const listeners = new Map<string, (params: unknown) => void>();
  const sent: string[] = [];
  const session: ProtocolSession = {
    on: (event, listener) => listeners.set(event, listener),
    async send(method) {
      sent.push(method);
      if (method.endsWith('.enable')) for (const [event, params] of reports) listeners.get(event)?.(params);
      if (method in answers && answers[method] === undefined) throw new Error(`${method} failed`);
      return answers[method] ?? {};
    },
  };
  return { session, sent };
}

const said = (type: string, ...values: unknown[]) =>
  [
    'Runtime.consoleAPICalled',
    { type, args: values.map((value) => ({ value })), stackTrace: { callFrames: [{ url: 'http://a/app.js', lineNumber: 4 }] } },
  ] as const;
const entry = (source: string, level: string, text: string) =>
  ['Log.entryAdded', { entry: { source, level, text, url: 'http://a/x' } }] as const;
const thrown = [
  'Runtime.exceptionThrown',
  {
    exceptionDetails: { text: 'Uncaught', url: 'http://a/app.js', lineNumber: 0, exception: { description: 'Error: no\n at a' } },
  },
] as const;

test('a page is asked for its isolation and for what it reported, equal messages once', async () => {
  const { session, sent } = pageThat([said('error', 'no', 1), said('log', 'nothing'), said('warning', 'slow'), thrown]);
  const state = await askPage(session);
  expect(state).toMatchObject({
    crossOriginIsolated: false,
    hardwareConcurrency: 4,
    openerPolicy: 'SameOrigin',
    embedderPolicy: 'None',
  });
  // The fake reports them for each of the two domains.
  expect(state!.messages).toEqual([
    { kind: 'error', text: 'no 1', url: 'http://a/app.js', line: 5, count: 2 },
    { kind: 'warning', text: 'slow', url: 'http://a/app.js', line: 5, count: 2 },
    { kind: 'exception', text: 'Error: no', url: 'http://a/app.js', line: 1, count: 2 },
  ]);
  for (const domain of ['Runtime', 'Log']) {
    expect(sent.indexOf(`${domain}.disable`)).toBeGreaterThan(sent.indexOf(`${domain}.enable`));
  }
});

test('requests that failed are told apart, but not the browser’s own for an icon', async () => {
  const { session } = pageThat([
    entry('network', 'error', 'Failed to load resource: 404'),
    ['Log.entryAdded', { entry: { source: 'network', level: 'error', text: '404', url: 'http://a/favicon.ico' } }],
    entry('deprecation', 'warning', 'old'),
    entry('violation', 'verbose', 'long task'),
  ]);
  expect((await askPage(session))!.messages.map(({ kind, text }) => [kind, text])).toEqual([
    ['request', 'Failed to load resource: 404'],
    ['warning', 'old'],
  ]);
});

test('messages of another shape are left out, and long and many ones are bounded', async () => {
  const many = Array.from({ length: 200 }, (_, i) => said('error', `${i} ${'x'.repeat(5000)}`));
  const { session } = pageThat([['Runtime.consoleAPICalled', { type: 7 }], ['Log.entryAdded', null], ...many]);
  const { messages } = (await askPage(session))!;
  expect(messages).toHaveLength(50);
  expect(Math.max(...messages.map(({ text }) => text.length))).toBe(2000);
});

test('a browser without the isolation status leaves it open; a page that does not answer has no state', async () => {
  const without = pageThat([], { ...ANSWERS, 'Network.getSecurityIsolationStatus': undefined });
  expect(await askPage(without.session)).toMatchObject({ openerPolicy: null, embedderPolicy: null, messages: [] });
  const gone = pageThat([], { ...ANSWERS, 'Page.getFrameTree': undefined });
  expect(await askPage(gone.session)).toBeNull();
});

test('a page that is slow, as the browser is, is waited for; one that hangs is given up where the browser answers', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  try {
    const answering = async (pageMs: number, browserMs: number) => {
      const { session } = pageThat([said('error', 'no')]);
      const send: ProtocolSession['send'] = async (method, params) => {
        await new Promise((resolve) => setTimeout(resolve, method.startsWith('Browser.') ? browserMs : pageMs));
        return session.send(method, params);
      };
      const state = askPage({ on: session.on, send });
      await vi.advanceTimersByTimeAsync(10 * 60_000);
      return state;
    };
    expect((await answering(20_000, 20_000))!.messages).toHaveLength(1);
    expect(await answering(10 * 60_000, 10)).toBeNull();
  } finally {
    vi.useRealTimers();
  }
});
