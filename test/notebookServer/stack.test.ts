import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { installLine, loadStack, stackPackages } from '../../src/notebookServer/stack.js';
import { packageRoot } from '../../src/packageRoot.js';

const packages = Object.keys(stackPackages());
/** Every package of the stack, loaded like this. */
const all = (load: () => Promise<never>) => ({
  vite: load,
  notebooks: load,
  kit: load,
  databases: load,
  singleFile: load,
  duckdb: load,
});

test('where the packages are missing, the one line that installs them is told', async () => {
  const missing = async (): Promise<never> => {
    throw Object.assign(new Error("Cannot find package 'vite'"), { code: 'ERR_MODULE_NOT_FOUND' });
  };
  await expect(loadStack(all(missing))).rejects.toThrow(installLine());
  for (const name of ['vite', '@observablehq/notebook-kit', 'd3', 'vega-lite-api', '@duckdb/node-api'])
    expect(installLine()).toContain(` ${name}@`);
  expect(installLine()).not.toContain('\n');
});

test('a package that is there and broken is not called missing', async () => {
  const broken = async (): Promise<never> => {
    throw new SyntaxError('Unexpected token');
  };
  await expect(loadStack(all(broken))).rejects.toThrow('Unexpected token');
});

test('the packages are optional for who installs Inferscope', () => {
  const { peerDependenciesMeta } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8'));
  for (const name of packages) expect(peerDependenciesMeta[name], name).toEqual({ optional: true });
});

test('no command but this one loads any of them', async () => {
  const root = packageRoot();
  const settings = JSON.parse(readFileSync(join(root, 'src/cli/esbuild.json'), 'utf8'));
  const { metafile } = await build({ ...settings, absWorkingDir: root, write: false, metafile: true });
  const imports = Object.values(metafile!.outputs).flatMap(({ imports }) => imports);
  const ofStack = imports.filter(({ path }) => packages.some((name) => path === name || path.startsWith(`${name}/`)));
  expect(ofStack.map(({ kind }) => kind)).toEqual(ofStack.map(() => 'dynamic-import'));
  expect(ofStack.length).toBeGreaterThanOrEqual(5);
  // Each is imported when the notebook command runs: its own file imports none where it is loaded.
  const { stdout, status } = spawnSync(process.execPath, [join(root, 'dist/cli/bin.js'), 'notebook', '--help'], {
    encoding: 'utf8',
  });
  expect([status, stdout]).toEqual([0, expect.stringContaining('--build')]);
});
