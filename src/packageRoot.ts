import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder of Inferscope's own package.json, found upwards from this file: the same from the TypeScript sources and from dist.
 *
 * @throws Error if no folder above is the package, such as after copying dist away from it
 */
export function packageRoot(): string {
  const start = dirname(fileURLToPath(import.meta.url));
  for (let folder = start; ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name === 'inferscope') return folder;
    if (folder === dirname(folder)) throw new Error(`No package.json of inferscope at or above ${start}. Reinstall the package.`);
  }
}

/** Inferscope's own version, from its package.json. */
export function toolVersion(): string {
  const { version } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { version: string };
  return version;
}
