import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Every file below a folder with its size and when it was written, by which it is seen that nobody wrote into it. */
export async function listing(folder: string): Promise<string[]> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name)).sort();
  return Promise.all(
    paths.map(async (path) => {
      const { size, mtimeMs } = await stat(path);
      return `${path} ${size} ${mtimeMs}`;
    }),
  );
}
