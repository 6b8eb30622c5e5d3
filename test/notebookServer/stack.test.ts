import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { checkVersions, installLine, loadStack, stackPackages } from '../../src/notebookServer/stack.js';
import { packageRoot } from '../../src/packageRoot.js';
import { temporaryFolder } from '../models/temporaryFolder.js';
import { installed } from '../setup/fakePackage.js';

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

test('a package of another version, as a project may have it for itself, is named', async () => {
  const project = await temporaryFolder();
  const places = [join(project, 'package.json')];
  await installed(project, 'd3', { version: stackPackages().d3!.replace('^', '') });
  expect(() => checkVersions(places)).not.toThrow();
  const folder = await installed(project, 'vite', { version: '5.4.21' });
  expect(() => checkVersions(places)).toThrow(`Notebooks need vite 8, and ${folder} is 5.4.21.`);
});

test('the packages are optional for who installs Inferscope', () => {
  const { peerDependencies, peerDependenciesMeta } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8'));
  for (const name of packages) expect(peerDependenciesMeta[name], name).toEqual({ optional: true });
  // Any range would have npm refuse a project that has another version for itself.
  for (const [name, range] of Object.entries(peerDependencies)) expect([name, range]).toEqual([name, '*']);
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
