import { z } from 'zod';
import type { ProtocolSession } from './protocolSession.js';

const CHUNK_BYTES = 1 << 20;
const chunkSchema = z.object({ data: z.string(), base64Encoded: z.boolean().default(false), eof: z.boolean() });

/** The bytes of a stream of the protocol, in chunks. It is closed at the end, also where nobody reads on. */
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
