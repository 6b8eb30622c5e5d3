import { z } from 'zod';
import type { PageManifest } from '../../src/bundle/pageManifest.js';
import { askBrowser, NO_LIMIT, type ProtocolSession } from '../protocolSession.js';
import { type Wait, whileProgress } from '../whileProgress.js';
import { valueInIsolatedWorld } from './isolatedWorld.js';

export type PageState = NonNullable<PageManifest['state']>;
type Message = PageState['messages'][number];

/** A busy page answers between two of its tasks. */
const ASKING = { what: 'The state of the page', silenceMs: 15_000, capMs: 5 * 60_000 };
const MESSAGES = 50;
const TEXT = 2000;

const globalsSchema = z.object({
  crossOriginIsolated: z.boolean().nullable(),
  hardwareConcurrency: z.number().int().positive().nullable(),
  secureContext: z.boolean(),
  webgpu: z.boolean(),
});
/** Every document has these properties, and old browsers lack some. */
const GLOBALS = `({
  crossOriginIsolated: typeof self.crossOriginIsolated === 'boolean' ? self.crossOriginIsolated : null,
  hardwareConcurrency: navigator.hardwareConcurrency || null,
  secureContext: self.isSecureContext === true,
  webgpu: typeof navigator.gpu === 'object',
})`;

const isolationSchema = z.object({
  status: z.object({
    coop: z.object({ value: z.string().max(64) }).optional(),
    coep: z.object({ value: z.string().max(64) }).optional(),
  }),
});

const consoleSchema = z.object({
  type: z.string(),
  args: z.array(z.object({ value: z.unknown().optional(), description: z.string().optional() })),
  stackTrace: z.object({ callFrames: z.array(z.object({ url: z.string(), lineNumber: z.number().int() })) }).optional(),
});
const exceptionSchema = z.object({
  exceptionDetails: z.object({
    text: z.string(),
    url: z.string().optional(),
    lineNumber: z.number().int(),
    exception: z.object({ description: z.string().optional() }).optional(),
  }),
});
const logSchema = z.object({
  entry: z.object({
    source: z.string(),
    level: z.string(),
    text: z.string(),
    url: z.string().optional(),
    lineNumber: z.number().int().optional(),
  }),
});
const CONSOLE: Readonly<Record<string, Message['kind']>> = { error: 'error', assert: 'error', warning: 'warning' };
/** The browser asks for it by itself. */
const ICON = /\/favicon\.ico$/;
const LEVELS: Readonly<Record<string, Message['kind']>> = { error: 'error', warning: 'warning' };

/**
 * Asks a page for its state at the end of a recording: whether it is cross-origin isolated, and what it reported on its console.
 * The browser keeps a document's messages and sends them when a domain is enabled, so nothing is enabled while the page is
 * recorded.
 * @returns null if the page does not answer
 */
export async function askPage(page: ProtocolSession): Promise<PageState | null> {
  try {
    const wait = whileProgress({ ...ASKING, witness: () => askBrowser(page) });
    const globals = await wait(valueInIsolatedWorld(page, GLOBALS, globalsSchema, NO_LIMIT));
    const isolation = await wait(page.send('Network.getSecurityIsolationStatus')).catch(() => null);
    const { coop, coep } = isolationSchema.safeParse(isolation).data?.status ?? {};
    return {
      ...globals,
      openerPolicy: coop?.value ?? null,
      embedderPolicy: coep?.value ?? null,
      messages: await messagesOf(page, wait),
    };
  } catch {
    return null;
  }
}

/** What the document reported so far: errors and warnings, uncaught exceptions, and requests that failed. */
async function messagesOf(page: ProtocolSession, wait: Wait): Promise<Message[]> {
  const found = new Map<string, Message>();
  let isListening = true;
  const add = (kind: Message['kind'], text: string, url = '', line: number | null = null): void => {
    if (!isListening) return;
    const key = JSON.stringify([kind, text, url, line]);
    const known = found.get(key);
    if (known) found.set(key, { ...known, count: known.count + 1 });
    else if (found.size < MESSAGES) found.set(key, { kind, text: text.slice(0, TEXT), url: url.slice(0, TEXT), line, count: 1 });
  };
  page.on('Runtime.consoleAPICalled', (params) => {
    const { data } = consoleSchema.safeParse(params);
    const kind = data && CONSOLE[data.type];
    if (!kind) return;
    const text = data.args.map(({ value, description }) => (typeof value === 'string' ? value : (description ?? String(value))));
    const top = data.stackTrace?.callFrames[0];
    add(kind, text.join(' '), top?.url, top ? top.lineNumber + 1 : null);
  });
  page.on('Runtime.exceptionThrown', (params) => {
    const details = exceptionSchema.safeParse(params).data?.exceptionDetails;
    if (!details) return;
    const { exception, text, url, lineNumber } = details;
    add('exception', exception?.description?.split('\n')[0] ?? text, url, lineNumber + 1);
  });
  page.on('Log.entryAdded', (params) => {
    const { data } = logSchema.safeParse(params);
    if (!data) return;
    const { source, level, text, url, lineNumber } = data.entry;
    const kind = source === 'network' ? 'request' : LEVELS[level];
    if (kind && !(kind === 'request' && ICON.test(url ?? '')))
      add(kind, text, url, lineNumber === undefined ? null : lineNumber + 1);
  });
  try {
    for (const domain of ['Runtime', 'Log']) {
      await wait(page.send(`${domain}.enable`, {}, NO_LIMIT));
      await wait(page.send(`${domain}.disable`, {}, NO_LIMIT));
    }
  } finally {
    isListening = false;
  }
  return [...found.values()];
}
