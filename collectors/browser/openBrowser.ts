import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';
import { AttachError } from '../attach/attachError.js';
import { type AttachedSession, type SessionTable, sessionTable } from '../attach/sessionTable.js';
import { within } from '../within.js';
import { didNotStart, type Launchable, requireBrowser } from './findBrowser.js';
import { type GpuUse, switches } from './switches.js';

/** Like a user's browser, but headless, without a profile, and not throttled for being invisible. */
const OWN = [
  '--headless',
  '--hide-scrollbars',
  '--mute-audio',
  '--no-default-browser-check',
  '--password-store=basic',
  '--use-mock-keychain',
  '--metrics-recording-only',
  '--disable-extensions',
  '--disable-dev-shm-usage',
  '--disable-field-trial-config',
  '--disable-hang-monitor',
  '--disable-popup-blocking',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
];

/** What is opened. */
export interface OpenOptions {
  /** Folder of the profile, which is kept; absent: a profile of its own, which is removed. */
  readonly profile?: string;
  /** Switches for V8, e.g. `--no-liftoff`. */
  readonly v8Flags?: readonly string[];
}

/** A cold start from a slow disk takes long. */
const START_LIMIT_MS = 60_000;
const REQUEST_LIMIT_MS = 30_000;
const CLOSE_LIMIT_MS = 10_000;
const EXIT_LIMIT_MS = 1000;
const OUTPUT_LIMIT = 10_000;

/** A browser that we started. */
export interface OpenedBrowser extends Launchable {
  /** The session with the browser itself. */
  readonly browser: AttachedSession;
  session: SessionTable['session'];
  /** Ends the browser and removes its profile. Never fails. */
  close(): Promise<void>;
}

/**
 * Opens the found browser on a blank page, headless, with its own profile. Playwright is not used: it attaches to every worker
 * too, and starts it before we could hook it.
 * The browser is driven over a pipe. So it ends with this process in any case, and no other program on this machine can reach it.
 * @throws CollectError if there is no browser or it does not start
 */
export async function openBrowser(gpu: GpuUse, options: OpenOptions = {}): Promise<OpenedBrowser> {
  const { executable, sandboxed } = requireBrowser();
  const profile = options.profile ?? (await mkdtemp(join(tmpdir(), 'inferscope-profile-')));
  const args = [
    ...OWN,
    ...switches(gpu, options.v8Flags),
    ...(sandboxed ? [] : ['--no-sandbox']),
    `--user-data-dir=${profile}`,
    '--remote-debugging-pipe',
    'about:blank',
  ];
  // A separate process group: Ctrl-C is for us, and the executable may be a script that starts the browser.
  const child = spawn(executable, args, {
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-OUTPUT_LIMIT);
  });
  const ended = once(child, 'exit').catch(() => {});
  const failed = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => reject(new Error(`It ended with ${signal ?? `exit code ${code}`}.\n${said}`)));
  });
  failed.catch(() => {});
  const table = pipeSessions(child.stdio[3] as Writable, child.stdio[4] as Readable, REQUEST_LIMIT_MS);
  const close = async (): Promise<void> => {
    await table.root.send('Browser.close', {}, { timeout: CLOSE_LIMIT_MS }).catch(() => {});
    await within(CLOSE_LIMIT_MS, ended).catch(() => kill(child));
    await within(CLOSE_LIMIT_MS, ended).catch(() => {});
    // Child processes that end after the browser still write there.
    if (options.profile === undefined) await rm(profile, { recursive: true, force: true, maxRetries: 10 }).catch(() => {});
  };
  try {
    // The pipe may close before the process reports how it ended.
    const answered = table.root.send('Browser.getVersion', {}, { timeout: START_LIMIT_MS }).catch(async (error: Error) => {
      await within(EXIT_LIMIT_MS, ended).catch(() => {});
      throw error;
    });
    await Promise.race([failed, answered]);
    return { executable, sandboxed, browser: table.root, session: table.session, close };
  } catch (error) {
    await close();
    throw didNotStart(executable, (error as Error).message);
  }
}

function kill(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has already ended by itself.
  }
}

const answerSchema = z.object({
  id: z.number(),
  result: z.unknown().optional(),
  error: z.object({ message: z.string() }).optional(),
});

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/**
 * The sessions with a browser that was started with `--remote-debugging-pipe`. Each message is JSON, followed by a zero byte.
 * https://source.chromium.org/chromium/chromium/src/+/main:content/browser/devtools/devtools_pipe_handler.cc
 * @param requestLimitMs limit of a request that states none
 */
function pipeSessions(toBrowser: Writable, fromBrowser: Readable, requestLimitMs: number): SessionTable {
  const waiting = new Map<number, Waiting>();
  let sent = 0;
  const table = sessionTable(
    (method, params, sessionId) =>
      new Promise((resolve, reject) => {
        const id = ++sent;
        waiting.set(id, { resolve, reject });
        toBrowser.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
      }),
    requestLimitMs,
  );
  const lost = (): void => table.end(new AttachError('connection-lost', 'The browser ended: it was closed, or it crashed.'));
  const receive = (text: string): void => {
    const message: unknown = JSON.parse(text);
    const answer = answerSchema.safeParse(message).data;
    const asked = answer && waiting.get(answer.id);
    if (!asked) {
      table.receive(message);
      return;
    }
    waiting.delete(answer.id);
    if (answer.error) asked.reject(new Error(answer.error.message));
    else asked.resolve(answer.result);
  };
  let parts: Buffer[] = [];
  fromBrowser.on('data', (chunk: Buffer) => {
    let from = 0;
    for (let to = chunk.indexOf(0); to >= 0; to = chunk.indexOf(0, from)) {
      parts.push(chunk.subarray(from, to));
      receive(Buffer.concat(parts).toString());
      parts = [];
      from = to + 1;
    }
    parts.push(chunk.subarray(from));
  });
  fromBrowser.once('close', lost).once('error', lost);
  toBrowser.once('error', lost);
  return table;
}
