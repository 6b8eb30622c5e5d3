import { expect, test } from 'vitest';
import type { VersionAnswer } from '../../../collectors/attach/askVersion.js';
import { type AttachEffects, profileFolders } from '../../../collectors/attach/attachEffects.js';
import { explainNoChrome, findEndpoint } from '../../../collectors/attach/findEndpoint.js';

const CHROME = '/home/ada/.config/google-chrome';
const CHROMIUM = '/home/ada/.config/chromium';
const version = (webSocketDebuggerUrl: string): VersionAnswer => ({
  kind: 'answered',
  status: 200,
  text: JSON.stringify({ webSocketDebuggerUrl }),
});
/** What remote debugging that was switched on at chrome://inspect says. */
const NO_PAGES: VersionAnswer = { kind: 'answered', status: 404, text: '' };

/** A machine with these files, and with these answers on its ports. */
function machine(files: Record<string, string>, answers: Record<string, VersionAnswer>): AttachEffects {
  return {
    folders: [
      { browser: 'Chrome', folder: CHROME },
      { browser: 'Chromium', folder: CHROMIUM },
    ],
    home: '/home/ada',
    readText: async (path) => files[path] ?? null,
    listens: async (host, port) => `http://${host}:${port}` in answers,
    version: async (origin) => answers[origin] ?? { kind: 'nobody', code: 'ECONNREFUSED' },
  };
}
const find = (endpoint: string | undefined, effects: AttachEffects) => findEndpoint({ endpoint, allowRemote: false }, effects);
const chromeFile = { [`${CHROME}/DevToolsActivePort`]: '9222\n/devtools/browser/aa-1' };

test('takes the one browser whose file answers', async () => {
  const found = find(undefined, machine(chromeFile, { 'http://127.0.0.1:9222': NO_PAGES }));
  expect(await found).toBe('ws://127.0.0.1:9222/devtools/browser/aa-1');
});

test('takes no file whose browser has ended, or whose port another browser has now', async () => {
  await expect(find('', machine(chromeFile, {}))).rejects.toMatchObject({
    code: 'no-browser',
    message: expect.stringContaining(
      '~/.config/google-chrome holds a DevToolsActivePort file, but nobody listens on its port 9222 any more',
    ),
  });
  const taken = machine(chromeFile, { 'http://127.0.0.1:9222': version('ws://127.0.0.1:9222/devtools/browser/bb-2') });
  await expect(find('', taken)).rejects.toMatchObject({ message: expect.stringContaining('belongs to another browser now') });
});

test('takes no file that is half written or something else', async () => {
  for (const text of [
    '',
    '9222',
    '9222\n',
    'hello\n/devtools/browser/aa-1',
    '9222\n/devtools/page/1',
    '70000\n/devtools/browser/aa-1',
  ]) {
    const effects = machine({ [`${CHROME}/DevToolsActivePort`]: text }, { 'http://127.0.0.1:9222': NO_PAGES });
    await expect(find('', effects)).rejects.toMatchObject({ code: 'no-browser' });
  }
});

test('lists several browsers to choose from', async () => {
  const files = { ...chromeFile, [`${CHROMIUM}/DevToolsActivePort`]: '33133\r\n/devtools/browser/cc-3\r\n' };
  const effects = machine(files, { 'http://127.0.0.1:9222': NO_PAGES, 'http://127.0.0.1:33133': NO_PAGES });
  await expect(find('', effects)).rejects.toMatchObject({
    code: 'several-browsers',
    message: [
      '2 browsers can be attached to. Choose one:',
      `  --attach ws://127.0.0.1:9222/devtools/browser/aa-1  (Chrome, ${CHROME})`,
      `  --attach ws://127.0.0.1:33133/devtools/browser/cc-3  (Chromium, ${CHROMIUM})`,
    ].join('\n'),
  });
});

test('asks an address for the path of its WebSocket, and believes no host that it names', async () => {
  for (const said of [
    'ws://127.0.0.1:9222/devtools/browser/aa-1',
    'ws://example.com:1/devtools/browser/aa-1',
    'ws:///devtools/browser/aa-1',
  ]) {
    const effects = machine({}, { 'http://127.0.0.1:9222': version(said) });
    expect(await find('localhost:9222', effects)).toBe('ws://127.0.0.1:9222/devtools/browser/aa-1');
  }
});

test('takes the path from the file where an address has no /json pages', async () => {
  expect(await find('9222', machine(chromeFile, { 'http://127.0.0.1:9222': NO_PAGES }))).toBe(
    'ws://127.0.0.1:9222/devtools/browser/aa-1',
  );
});

test('finds a browser that listens on ::1 only: by its file, by its port, and on localhost', async () => {
  for (const onlyThere of [NO_PAGES, version('ws://[::1]:9222/devtools/browser/aa-1')]) {
    for (const endpoint of [undefined, '9222', 'localhost:9222', 'http://localhost:9222', '[::1]:9222']) {
      const effects = machine(chromeFile, { 'http://[::1]:9222': onlyThere });
      expect(await find(endpoint, effects)).toBe('ws://[::1]:9222/devtools/browser/aa-1');
    }
  }
});

test('takes the browser and not the web server where each has the port of one loopback address', async () => {
  const page: VersionAnswer = { kind: 'answered', status: 200, text: '<html>' };
  const browser = version('ws://x/devtools/browser/aa-1');
  for (const endpoint of [undefined, '9222']) {
    const effects = machine(chromeFile, { 'http://127.0.0.1:9222': page, 'http://[::1]:9222': browser });
    expect(await find(endpoint, effects)).toBe('ws://[::1]:9222/devtools/browser/aa-1');
  }
  await expect(
    find('127.0.0.1:9222', machine({}, { 'http://127.0.0.1:9222': page, 'http://[::1]:9222': browser })),
  ).rejects.toMatchObject({ code: 'not-a-browser', message: expect.stringContaining('At 127.0.0.1:9222 a web server answers') });
});

test('takes no file whose port another program has now', async () => {
  for (const answer of [
    { kind: 'answered', status: 200, text: '<html>' },
    { kind: 'answered', status: 200, text: '{"Browser":"node.js/v22.1.0"}' },
    { kind: 'no-http', said: 'SSH-2.0' },
  ] as const) {
    await expect(find(undefined, machine(chromeFile, { 'http://127.0.0.1:9222': answer }))).rejects.toMatchObject({
      code: 'no-browser',
      message: expect.stringContaining('its port 9222 belongs to another program now, which is no browser'),
    });
  }
});

test('takes a WebSocket as it is, asking nobody', async () => {
  expect(await find('ws://127.0.0.1:1/devtools/browser/aa-1', machine({}, {}))).toBe('ws://127.0.0.1:1/devtools/browser/aa-1');
});

test('says of an address that nobody, or no browser, answers', async () => {
  await expect(find('9222', machine({}, {}))).rejects.toMatchObject({
    code: 'unreachable',
    message: expect.stringContaining('Nothing at 127.0.0.1:9222 or [::1]:9222 answers (ECONNREFUSED)'),
  });
  for (const answer of [
    NO_PAGES,
    { kind: 'answered', status: 200, text: '<html>' },
    version('ws://127.0.0.1:9222/other'),
  ] as const) {
    await expect(find('9222', machine({}, { 'http://127.0.0.1:9222': answer }))).rejects.toMatchObject({ code: 'not-a-browser' });
  }
});

test('says in five lines what was looked for, where, and how to open Chrome so that it works', () => {
  const text = explainNoChrome([], { folders: profileFolders('linux', {}, '/home/ada'), home: '/home/ada' });
  const lines = text.split('\n');
  expect(lines).toHaveLength(5);
  expect(lines[0]).toContain('none of these profile folders holds a DevToolsActivePort file');
  expect(lines[1]).toContain('~/.config/google-chrome, ~/.config/google-chrome-beta');
  expect(lines[2]).toMatch(/144.*chrome:\/\/inspect\/#remote-debugging/);
  expect(lines[3]).toMatch(/136.*--remote-debugging-port=9222 --user-data-dir=/);
  expect(lines[4]).toContain('adb forward');
});
