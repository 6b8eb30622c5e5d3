import { createHash, type Hash, randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256OfFile } from './sha256OfFile.js';

const HASH_DIGITS = 16;

/**
 * A file that is made once and kept: `<folder>/<stem>-<hash><extension>`, where the hash is the first 16 hex digits of the
 * content's sha256. So the name alone says whether the content is whole: a truncated or altered file is deleted and made again.
 * It appears by a rename, so that two processes, or one that is killed, never leave half a file under that name.
 *
 * @param make its content, in as many pieces as it comes in: each is written before the next is asked for
 * @returns the file's path
 */
export async function cachedFile(
  folder: string,
  stem: string,
  extension: string,
  make: () => Iterable<Uint8Array>,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) {
    const hash = hashInName(name, stem, extension);
    if (hash === null) continue;
    const path = join(folder, name);
    if ((await sha256OfFile(path)).startsWith(hash)) return path;
    await rm(path, { force: true });
  }
  const hash = createHash('sha256');
  const partial = join(folder, `.${stem}-${randomUUID()}.partial`);
  try {
    await writeFile(partial, hashed(make(), hash), { flag: 'wx' });
    const path = join(folder, `${stem}-${hash.digest('hex').slice(0, HASH_DIGITS)}${extension}`);
    await rename(partial, path);
    return path;
  } finally {
    await rm(partial, { force: true });
  }
}

function* hashed(pieces: Iterable<Uint8Array>, hash: Hash): Generator<Uint8Array> {
  for (const piece of pieces) {
    hash.update(piece);
    yield piece;
  }
}

function hashInName(name: string, stem: string, extension: string): string | null {
  if (!name.startsWith(`${stem}-`) || !name.endsWith(extension)) return null;
  const hash = name.slice(stem.length + 1, -extension.length);
  return hash.length === HASH_DIGITS && /^[0-9a-f]+$/.test(hash) ? hash : null;
}
