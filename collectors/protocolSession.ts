import { z } from 'zod';
import type { Wait } from './whileProgress.js';

/** A session of the browser's debugging protocol with one target. Answers are data from outside: the caller validates them. */
export interface ProtocolSession {
  /** @param options longest wait for the answer, ms, in place of the session's own limit */
  send(method: string, params?: object, options?: { readonly timeout?: number }): Promise<unknown>;
  on(event: string, listener: (params: unknown) => void): unknown;
}

/** A cheap question. The browser answers it itself, over a session of a page too, whatever the page does. */
export const askBrowser = (session: ProtocolSession): Promise<unknown> => session.send('Browser.getVersion');

/** For requests whose answer is waited for by `whileProgress`: longer than any of its caps. */
export const NO_LIMIT = { timeout: 60 * 60_000 };

const CHUNK_BYTES = 1 << 20;
const chunkSchema = z.object({ data: z.string(), base64Encoded: z.boolean().default(false), eof: z.boolean() });

/**
 * The bytes of a stream of the protocol, in chunks. It is closed at the end, even if the reader stops early.
 * @param wait waits for each chunk
 */
export async function* protocolStream(session: ProtocolSession, handle: string, wait: Wait): AsyncGenerator<Buffer, void> {
  try {
    for (let eof = false; !eof; ) {
      const chunk = chunkSchema.parse(await wait(session.send('IO.read', { handle, size: CHUNK_BYTES }, NO_LIMIT)));
      eof = chunk.eof;
      yield Buffer.from(chunk.data, chunk.base64Encoded ? 'base64' : 'utf8');
    }
  } finally {
    // A browser that answers nothing would hold up the error that says so.
    session.send('IO.close', { handle }).catch(() => {});
  }
}
