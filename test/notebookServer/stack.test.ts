import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { installLine, loadStack, stackPackages } from '../../src/notebookServer/stack.js';
import { packageRoot } from '../../src/packageRoot.js';

const packages = Object.keys(stackPackages());

test('where the packages are missing, the one line that installs them is told', async () => {
  const missing = async (): Promise<never> => {
    throw Object.assign(new Error("Cannot find package 'vite'"), { code: 'ERR_MODULE_NOT_FOUND' });
  };
  const stack = { vite: missing, kit: missing, databases: missing, singleFile: missing, duckdb: missing };
  await expect(loadStack(stack)).rejects.toThrow(installLine());
  for (const name of ['vite', '@observablehq/notebook-kit', 'd3', 'vega-lite-api', '@duckdb/node-api'])
    expect(installLine()).toContain(` ${name}@`);
  expect(installLine()).not.toContain('\n');
});

test('a package that is there and broken is not called missing', async () => {
  const broken = async (): Promise<never> => {
    throw new SyntaxError('Unexpected token');
  };
  await expect(loadStack({ vite: broken, kit: broken, databases: broken, singleFile: broken, duckdb: broken })).rejects.toThrow(
    'Unexpected token',
  );
});

test('the packages are optional for who installs Inferscope', () => {
  const { peerDependenciesMeta } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8'));
  for (const name of packages) expect(peerDependenciesMeta[name], name).toEqual({ optional: true });
});

test('no command but this one loads any of them', () => {
  const root = join(packageRoot(), 'dist/cli');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'));
  expect(files.length).toBeGreaterThan(3);
  for (const file of files) {
    const text = readFileSync(join(root, file), 'utf8');
    for (const name of packages) expect(text, `${file} imports ${name}`).not.toMatch(new RegExp(`from ?"${name}["/]`));
  }
  // Node says which modules it loads.
  const { stderr, status } = spawnSync(process.execPath, [join(root, 'bin.js'), '--help'], {
    encoding: 'utf8',
    env: { ...process.env, NODE_DEBUG: 'esm' },
  });
  expect(status).toBe(0);
  expect(stderr).toContain('node_modules/yargs/');
  for (const name of packages) expect(stderr).not.toContain(`node_modules/${name}/`);
});
