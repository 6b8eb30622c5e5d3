import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { BuildLack } from './buildError.js';

const unzipped = promisify(gunzip);
const MAX_BYTES = 1 << 30;
const BLOCK = 512;

/**
 * Writes the files of a package as npm packs them (a tar of ustar or pax form, compressed by gzip) into a folder. Links and devices
 * are left out, as npm does, and so are source maps, which no page loads. The first part of a path is the package.
 * https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html
 * @throws BuildLack if it is broken, or a path leads out of the folder
 */
export async function unpackPackage(packed: Uint8Array, folder: string): Promise<void> {
  const bytes = await unzipped(packed, { maxOutputLength: MAX_BYTES }).catch(() => {
    throw new BuildLack('what npm fetched is not a compressed package');
  });
  for (const { path, content } of tarFiles(bytes)) {
    const own = path.split('/').slice(1);
    if (own.length === 0 || path.endsWith('.map')) continue;
    if (own.some((part) => part === '' || part === '.' || part === '..' || /[\\:\0]/.test(part)))
      throw new BuildLack(`its file ${path.slice(0, 100)} would lie outside of it`);
    const file = join(folder, ...own);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}

/** @throws BuildLack where the archive ends too early */
export function* tarFiles(bytes: Uint8Array): Generator<{ readonly path: string; readonly content: Uint8Array }> {
  let longPath: string | null = null;
  for (let at = 0; at + BLOCK <= bytes.length; ) {
    const head = bytes.subarray(at, at + BLOCK);
    // Two empty blocks end it.
    if (head[0] === 0) return;
    const size = Number.parseInt(textIn(head, 124, 12).trim() || '0', 8);
    const start = at + BLOCK;
    if (!Number.isSafeInteger(size) || size < 0 || start + size > bytes.length)
      throw new BuildLack('what npm fetched ends in the middle of a file');
    const content = bytes.subarray(start, start + size);
    at = start + Math.ceil(size / BLOCK) * BLOCK;
    const type = String.fromCharCode(head[156]!);
    if (type === 'x') longPath = paxPath(content) ?? longPath;
    else if (type === 'L') longPath = textIn(content, 0, size);
    else if (type === '0' || type === '\0') {
      const [prefix, name] = [textIn(head, 345, 155), textIn(head, 0, 100)];
      yield { path: longPath ?? (prefix === '' ? name : `${prefix}/${name}`), content };
      longPath = null;
    } else if (type !== 'g') longPath = null;
  }
}

function textIn(bytes: Uint8Array, from: number, length: number): string {
  const part = bytes.subarray(from, from + length);
  const end = part.indexOf(0);
  return new TextDecoder().decode(end < 0 ? part : part.subarray(0, end));
}

/** Records are "length key=value\n". */
function paxPath(content: Uint8Array): string | null {
  return /^\d+ path=(.*)$/m.exec(new TextDecoder().decode(content))?.[1] ?? null;
}
