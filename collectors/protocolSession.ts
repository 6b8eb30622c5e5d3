import { z } from 'zod';

/** A session of the browser's debugging protocol with one target. Answers are data from outside: the caller validates them. */
export interface ProtocolSession {
  send(method: string, params?: object): Promise<unknown>;
  on(event: string, listener: (params: unknown) => void): unknown;
}

const CHUNK_BYTES = 1 << 20;
const chunkSchema = z.object({ data: z.string(), base64Encoded: z.boolean().default(false), eof: z.boolean() });

/** The bytes of a stream of the protocol, in chunks. It is closed at the end, even if the reader stops early. */
export async function* protocolStream(session: ProtocolSession, handle: string): AsyncGenerator<Buffer, void> {
  try {
    for (let eof = false; !eof; ) {
      const chunk = chunkSchema.parse(await session.send('IO.read', { handle, size: CHUNK_BYTES }));
      eof = chunk.eof;
      yield Buffer.from(chunk.data, chunk.base64Encoded ? 'base64' : 'utf8');
    }
  } finally {
    await session.send('IO.close', { handle }).catch(() => {});
  }
}
