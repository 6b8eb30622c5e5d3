import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { openFile } from '../src/bundle/openFile.js';

/** A file's sha256 in hex, read in pieces. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline((await openFile(path)).createReadStream(), hash);
  return hash.digest('hex');
}
