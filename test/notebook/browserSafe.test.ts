import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build, type Metafile } from 'esbuild';
import { beforeAll, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ENTRY = 'src/notebook/index.ts';

/** What the library imports, file by file. Packages that only drawing needs stay outside, as they do in a notebook. */
let inputs: Metafile['inputs'];

beforeAll(async () => {
  const result = await build({
    absWorkingDir: ROOT,
    entryPoints: [ENTRY],
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  inputs = result.metafile.inputs;
});

/** Files that are loaded with the entry, without those that it imports when they are needed. */
function loadedAtOnce(): string[] {
  const found = new Set([ENTRY]);
  for (const file of found) {
    for (const { path, kind } of inputs[file]!.imports) if (kind === 'import-statement' && inputs[path]) found.add(path);
  }
  return [...found];
}

test('the library is bundled for a browser: nothing of Node is in what it imports', () => {
  const files = Object.keys(inputs);
  expect(files).toContain('src/report/client/chartView.ts');
  const node = Object.values(inputs).flatMap(({ imports }) => imports.filter(({ path }) => path.startsWith('node:')));
  expect(node).toEqual([]);
  expect(files.filter((file) => /^(collectors|src\/cli|src\/setup)\//.test(file))).toEqual([]);
});

test('the package gives it by its name', () => {
  const { resolve } = createRequire(import.meta.url);
  expect(resolve('inferscope/notebook')).toBe(fileURLToPath(new URL('../../dist/src/notebook/index.js', import.meta.url)));
});

test('who draws nothing loads no Vega, and nobody a decoder of modules or the readers of bundles', () => {
  const files = loadedAtOnce();
  expect(files).toContain('src/notebook/windows.ts');
  expect(files.filter((file) => /node_modules\/(vega|wasmparser|zod)/.test(file))).toEqual([]);
  expect(files.filter((file) => /^src\/(wasm\/decodedModules|bundle\/read)/.test(file))).toEqual([]);
});
