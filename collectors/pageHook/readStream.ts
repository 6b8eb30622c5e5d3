import { CollectError } from '../collectError.js';
import type { ProtocolSession } from '../protocolSession.js';
import { protocolStream } from '../protocolStream.js';

const MOST_BYTES = 256 << 20;

/** All of a stream of the protocol. @throws CollectError where it is larger than any module that a browser runs well */
export async function readStream(session: ProtocolSession, handle: string): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of protocolStream(session, handle)) {
    bytes += part.length;
    if (bytes > MOST_BYTES) throw new CollectError(`It is of more than ${MOST_BYTES >> 20} MiB.`);
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}
