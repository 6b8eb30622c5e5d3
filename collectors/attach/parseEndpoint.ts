import { inertText } from '../../src/text/inertText.js';
import { AttachError } from './attachError.js';

/** Where the user says a browser is: its WebSocket, or an address whose WebSocket is still unknown. */
export type Endpoint = { readonly kind: 'socket'; readonly socketUrl: string } | Address;

export interface Address {
  readonly kind: 'address';
  readonly secure: boolean;
  /** Where to look, in this order. A port alone, and localhost, may be any of `LOOPBACKS`. */
  readonly hosts: readonly string[];
  readonly port: number;
}

/** This machine’s own addresses. Chrome listens on the first; on the second where that port of the first is taken. */
export const LOOPBACKS = ['127.0.0.1', '[::1]'] as const;

const FORMS =
  'Give a port (9222), a host and port (127.0.0.1:9222), its http URL, or the WebSocket of the browser (ws://127.0.0.1:9222/devtools/browser/…).';

/** Path of a browser's own WebSocket. Chrome on Android has no id in it. */
export const BROWSER_PATH = /^\/devtools\/browser(\/[\w-]+)?$/;

/**
 * Reads what the user typed after --attach.
 * @throws AttachError `bad-endpoint`; `remote-refused` if it is not this machine and that was not allowed
 */
export function parseEndpoint(text: string, allowRemote: boolean): Endpoint {
  const typed = text.trim();
  const wrong = (why: string): AttachError => new AttachError('bad-endpoint', `--attach "${inertText(typed)}": ${why} ${FORMS}`);
  const given = /^\d+$/.test(typed) ? `http://localhost:${typed}` : typed.includes('://') ? typed : `http://${typed}`;
  const url = URL.canParse(given) ? new URL(given) : null;
  if (!url) throw wrong('this is no address.');
  if (!['http:', 'https:', 'ws:', 'wss:'].includes(url.protocol)) throw wrong(`${inertText(url.protocol)} is not understood.`);
  if (url.username !== '' || url.password !== '') throw wrong('an address with a user name or password is not taken.');
  if (!allowRemote && !isLoopback(url.hostname)) {
    throw new AttachError(
      'remote-refused',
      `--attach "${inertText(typed)}": ${inertText(url.hostname)} is another machine. Whoever listens there learns what is recorded, and remote debugging has no password. If that is meant, add --allow-remote; safer is a tunnel to a port of this machine.`,
    );
  }
  if (url.protocol.startsWith('ws')) {
    if (url.pathname.startsWith('/devtools/page/'))
      throw wrong('this is the WebSocket of one tab; the one of the browser is needed.');
    if (!BROWSER_PATH.test(url.pathname)) throw wrong('this is not the WebSocket of a browser.');
    return { kind: 'socket', socketUrl: url.href };
  }
  if (!/^\/(json(\/version)?\/?)?$/.test(url.pathname)) throw wrong(`a path (${inertText(url.pathname)}) has no meaning here.`);
  const secure = url.protocol === 'https:';
  if (url.port === '' && !typed.includes('://')) throw wrong('the port is missing.');
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port);
  if (port === 0) throw wrong('0 is no port.');
  return { kind: 'address', secure, hosts: url.hostname === 'localhost' ? LOOPBACKS : [url.hostname], port };
}

/**
 * Whether a host is this machine itself: 127.0.0.0/8, ::1 (in brackets, as URLs have it) or localhost.
 * @param host from `URL.hostname`, which has already normalized 127.1 and 0x7f000001
 */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}
