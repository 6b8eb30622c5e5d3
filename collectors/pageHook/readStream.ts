import { z } from 'zod';
import { CollectError } from '../collectError.js';
import type { ProtocolSession } from '../protocolSession.js';

const MOST_BYTES = 256 << 20;
const PART = 1 << 20;
const partSchema = z.object({ data: z.string(), eof: z.boolean(), base64Encoded: z.boolean().default(false) });

/** All of a stream of the protocol, which is closed then. @throws CollectError where it is larger than any module that a browser runs well */
export async function readStream(session: ProtocolSession, handle: string): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let bytes = 0;
  try {
    for (;;) {
      const { data, eof, base64Encoded } = partSchema.parse(await session.send('IO.read', { handle, size: PART }));
      const part = Buffer.from(data, base64Encoded ? 'base64' : 'utf8');
      bytes += part.length;
      if (bytes > MOST_BYTES) throw new CollectError(`It is of more than ${MOST_BYTES >> 20} MiB.`);
      parts.push(part);
      if (eof) return new Uint8Array(Buffer.concat(parts));
    }
  } finally {
    await session.send('IO.close', { handle }).catch(() => {});
  }
}
