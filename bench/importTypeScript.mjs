import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
/** Below the package's folder, so that what is imported finds the package and its dependencies; not in dist, which is published. */
const folder = join(root, 'node_modules/.inferscope-bench');

/** Imports a module of the sources, such as a test's helper, that dist does not hold. */
export async function importTypeScript(path) {
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, `${basename(path, '.ts')}.mjs`);
  await build({
    entryPoints: [join(root, path)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
  });
  return import(pathToFileURL(outfile).href);
}
