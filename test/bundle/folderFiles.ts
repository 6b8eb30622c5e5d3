import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { ZipPart } from './buildZip.js';

/** All files below a folder, by their paths in it. */
export async function folderFiles(folder: string): Promise<{ readonly path: string; readonly bytes: Buffer }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    paths.sort().map(async (path) => ({ path: relative(folder, path).replaceAll('\\', '/'), bytes: await readFile(path) })),
  );
}

/** A folder as the parts of a zip: what is compressed already is stored. */
export async function zipParts(folder: string, below = ''): Promise<ZipPart[]> {
  const files = await folderFiles(folder);
  return files.map(({ path, bytes }) => ({ name: `${below}${path}`, content: bytes, deflated: !path.endsWith('.gz') }));
}
