import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { packageRoot } from '../../src/packageRoot.js';

const page = join(packageRoot(), 'collectors/harness/page');
const planted = join(packageRoot(), 'test/planted/page');

/** The product's page scripts with another registry of frameworks: nothing in the product knows of it. */
const withPlants: Plugin = {
  name: 'with plants',
  setup: ({ onResolve }) => onResolve({ filter: /\/frameworks\/index\.js$/ }, () => ({ path: join(planted, 'registry.ts') })),
};

/** Bundles the page's scripts, and those of the plants, into a folder that the harness can serve. */
export async function bundlePage(folder: string): Promise<void> {
  await build({
    entryPoints: [join(page, 'main.ts'), join(page, 'worker.ts'), join(planted, 'helper.ts'), join(planted, 'foreign.ts')],
    entryNames: '[name]',
    outdir: folder,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'warning',
    plugins: [withPlants],
  });
}
