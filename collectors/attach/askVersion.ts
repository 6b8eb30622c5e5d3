import http from 'node:http';
import https from 'node:https';

/** What an address did when it was asked for /json/version. */
export type VersionAnswer =
  /** It answered in HTTP; of the text only the beginning. */
  | { readonly kind: 'answered'; readonly status: number; readonly text: string }
  /** Nobody listens there, by the system's code. */
  | { readonly kind: 'nobody'; readonly code: string }
  /** It takes connections, and says nothing within the limit. */
  | { readonly kind: 'mute'; readonly limitMs: number }
  /** It took the connection, and hung up without a word. */
  | { readonly kind: 'hung-up' }
  /** What it said is no HTTP; its first line, or how the connection failed. */
  | { readonly kind: 'no-http'; readonly said: string };

const MOST_CHARACTERS = 64 << 10;
const SAID_LIMIT = 80;

/** The codes that the system has where no program took the connection. */
export const NOBODY: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'ENETDOWN',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EADDRNOTAVAIL',
  'EAFNOSUPPORT',
  'EINVAL',
  'EACCES',
  'EPERM',
]);

/** Asks an address for /json/version, as a browser's remote debugging answers it. It opens no WebSocket. Never fails. */
export function askVersion(origin: string, limitMs: number): Promise<VersionAnswer> {
  return new Promise((resolve) => {
    let isConnected = false;
    let answer: VersionAnswer | null = null;
    const request = (origin.startsWith('https:') ? https : http).get(`${origin}/json/version`, { agent: false }, (response) => {
      const status = response.statusCode ?? 0;
      let text = '';
      answer = { kind: 'answered', status, text };
      response.setEncoding('utf8').on('data', (part: string) => {
        text = (text + part).slice(0, MOST_CHARACTERS);
        answer = { kind: 'answered', status, text };
        if (text.length === MOST_CHARACTERS) finish(answer);
      });
      const end = (): void => finish({ kind: 'answered', status, text });
      response.once('end', end).once('error', end);
    });
    const finish = (said: VersionAnswer): void => {
      clearTimeout(timer);
      request.destroy();
      resolve(said);
    };
    const silent = (): VersionAnswer => (isConnected ? { kind: 'mute', limitMs } : { kind: 'nobody', code: 'ETIMEDOUT' });
    const timer = setTimeout(() => finish(answer ?? silent()), limitMs);
    request.on('socket', (socket) => {
      socket.once('connect', () => {
        isConnected = true;
      });
    });
    request.on('error', (error: NodeJS.ErrnoException & { rawPacket?: unknown }) => {
      const { code = '', message, rawPacket } = error;
      if (!isConnected && NOBODY.has(code)) finish({ kind: 'nobody', code });
      else if (code === 'ECONNRESET' || code === 'EPIPE') finish({ kind: 'hung-up' });
      else finish({ kind: 'no-http', said: Buffer.isBuffer(rawPacket) ? firstLine(rawPacket) : code || message });
    });
  });
}

const firstLine = (packet: Buffer): string =>
  packet
    .subarray(0, SAID_LIMIT)
    .toString('latin1')
    .split(/[\r\n]/)[0]!;
