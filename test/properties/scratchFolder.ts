import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Gives a folder for one input, beside which there is something that must stay as it is. The folder is gone afterwards.
 * @throws Error if anything beside the folder has changed
 */
export async function inScratchFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'inferscope-property-'));
  const folder = join(root, 'given');
  const kept = join(root, 'thesis.txt');
  try {
    await mkdir(folder);
    await writeFile(kept, 'five years');
    await use(folder);
    const names = (await readdir(root)).sort().join();
    if (names !== 'given,thesis.txt' || (await readFile(kept, 'utf8')) !== 'five years') {
      throw new Error(`something was written outside of the folder: ${names}`);
    }
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** Puts a link to what must not change where a file or folder will be written. */
export async function trap(folder: string, name: string): Promise<void> {
  await symlink('../thesis.txt', join(folder, name)).catch(() => {});
}
