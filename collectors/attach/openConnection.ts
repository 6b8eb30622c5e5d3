import { EventEmitter } from 'node:events';
import { isIP } from 'node:net';
import Chrome from 'chrome-remote-interface/lib/chrome.js';
import { inertText } from '../../src/text/inertText.js';
import type { Progress } from '../progress.js';
import { LimitError, within } from '../within.js';
import { NOBODY } from './askVersion.js';
import { AttachError } from './attachError.js';
import { nameRefused } from './explainAnswer.js';
import { type AttachedSession, sessionTable } from './sessionTable.js';

/** A connection to a browser that the user opened. The browser stays open when the connection closes. */
export interface BrowserConnection {
  /** The session with the browser itself. */
  readonly browser: AttachedSession;
  /** The session with this id, as returned by `Target.attachToTarget`. */
  session(sessionId: string): AttachedSession;
  /** Detaches from everything and closes no tab or browser. Never fails. */
  close(): Promise<void>;
}

export interface ConnectionLimits {
  /** Limit for the connection, including the time in which the user is asked to allow it. */
  readonly connectMs: number;
  /** Limit of a request that states none. */
  readonly requestMs: number;
}

/** Chrome 144 and later hold the connection until the user allows it. The limit leaves time to find the window. */
const LIMITS: ConnectionLimits = { connectMs: 120_000, requestMs: 30_000 };
/** A browser that does not ask its user answers within this time. */
const ASKED_AFTER_MS = 2000;
const CLOSE_LIMIT_MS = 2000;

/**
 * Opens the WebSocket of a browser exactly once, because Chrome asks its user about each one.
 * @throws AttachError if no browser listens, it refuses, or the user does not allow it in time
 */
export async function openConnection(
  socketUrl: string,
  progress: Progress,
  signal: AbortSignal,
  limits: ConnectionLimits = LIMITS,
): Promise<BrowserConnection> {
  const stopped = (): AttachError => new AttachError('stopped', 'Attaching was stopped.');
  if (signal.aborted) throw stopped();
  const place = inertText(socketUrl);
  const notifier = new EventEmitter();
  const chrome = new Chrome({ target: socketUrl, protocol: { domains: [] } }, notifier);
  let onAbort = (): void => {};
  const open = new Promise<void>((resolve, reject) => {
    notifier.once('connect', () => resolve());
    notifier.on('error', (error: Error) => reject(refused(socketUrl, error)));
  });
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(stopped());
    signal.addEventListener('abort', onAbort);
  });
  const table = sessionTable((method, params, sessionId) => chrome.send(method, params, sessionId), limits.requestMs);
  chrome.on('event', (message) => table.receive(message));
  chrome.on('disconnect', () => {
    table.end(
      new AttachError(
        'connection-lost',
        'The connection to the browser was lost: it was closed, it crashed, or remote debugging was switched off.',
      ),
    );
  });
  const asked = setTimeout(
    () => progress.note('Waiting for the browser. If it asks whether to allow remote debugging, allow it there.'),
    ASKED_AFTER_MS,
  );
  const close = async (): Promise<void> => {
    await table.detachAll(CLOSE_LIMIT_MS);
    table.end(new AttachError('stopped', 'The connection to the browser was closed.'));
    await within(CLOSE_LIMIT_MS, chrome.close()).catch(() => {});
  };
  try {
    // We also await the first answer: a connection may be open before the user has allowed it.
    const answered = open.then(() => table.root.send('Browser.getVersion', {}, { timeout: limits.connectMs }));
    await within(limits.connectMs, Promise.race([answered, aborted]));
  } catch (error) {
    await close();
    throw error instanceof LimitError ? notConfirmed(place, limits.connectMs) : error;
  } finally {
    clearTimeout(asked);
    signal.removeEventListener('abort', onAbort);
  }
  return { browser: table.root, session: table.session, close };
}

function notConfirmed(place: string, limitMs: number): AttachError {
  return new AttachError(
    'not-confirmed',
    `The browser at ${place} did not let us in within ${limitMs / 1000} s. If it asked whether to allow remote debugging, run this again and allow it; the question may be behind another window.`,
  );
}

function refused(socketUrl: string, error: Error): AttachError {
  const place = inertText(socketUrl);
  const { code = '' } = error as NodeJS.ErrnoException;
  if (NOBODY.has(code)) {
    return new AttachError(
      'unreachable',
      `Nothing at ${place} answers (${inertText(code)}). Is that browser still open, with remote debugging on?`,
    );
  }
  // A reset means refusal: a program was listening.
  if (code !== '' && code !== 'ECONNRESET' && code !== 'EPIPE') {
    return new AttachError(
      'not-a-browser',
      `What listens at ${place} is not a browser: it speaks no HTTP (${inertText(code)}). Give the port of the browser’s remote debugging, or let "trace collect --attach" look for it.`,
    );
  }
  const status = Number(/^Unexpected server response: (\d{3})$/.exec(error.message)?.[1] ?? NaN);
  const { hostname, port } = new URL(socketUrl);
  if (status === 500 && !isIP(hostname.replace(/^\[|\]$/g, '')) && hostname !== 'localhost')
    return nameRefused(`${hostname}:${port}`, hostname, Number(port));
  const why =
    Number.isNaN(status) || status === 403
      ? 'The id in the address changes with each start of the browser; and where it asks, remote debugging is to be allowed.'
      : `The id in the address changes with each start of the browser, and a web server refuses like that too: --attach ${port} asks who is there.`;
  return new AttachError('not-confirmed', `The browser at ${place} refused the connection (${inertText(error.message)}). ${why}`);
}
