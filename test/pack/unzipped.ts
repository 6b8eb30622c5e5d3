import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { unzipSync } from 'fflate';

/** The files of a zip by name, those that are gzipped inflated. */
export async function unzipped(path: string): Promise<ReadonlyMap<string, Buffer>> {
  const files = unzipSync(await readFile(path));
  return new Map(
    Object.entries(files).map(([name, bytes]) => [
      name,
      bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : Buffer.from(bytes),
    ]),
  );
}
