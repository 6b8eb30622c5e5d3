import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findPackage, installCommand } from '../src/findPackage.js';
import { temporaryFolder } from './models/temporaryFolder.js';
import { installed } from './setup/fakePackage.js';

const fileIn = (folder: string): string => join(folder, 'package.json');

test('a package of the first place is found, and of the next where the first has none', async () => {
  const [project, own] = [await temporaryFolder(), await temporaryFolder()];
  await installed(project, '@scope/both', { version: '2.0.0' });
  const ours = await installed(own, '@scope/both', { version: '1.0.0' });
  await installed(own, 'ours', { version: '3.1.0' });
  const places = [fileIn(project), fileIn(own)];
  expect(findPackage('@scope/both', places)).toMatchObject({ name: '@scope/both', version: '2.0.0' });
  expect(findPackage('@scope/both', places.toReversed())).toEqual({ name: '@scope/both', version: '1.0.0', folder: ours });
  expect(findPackage('ours', places)).toMatchObject({ version: '3.1.0' });
  expect(findPackage('nobody-s', places)).toBeNull();
});

test('a package is found upwards from a folder of the project, and one that is broken is none', async () => {
  const project = await temporaryFolder();
  const deep = join(project, 'packages', 'app');
  await mkdir(deep, { recursive: true });
  const folder = await installed(project, 'above', { version: '1.0.0' });
  expect(findPackage('above', [fileIn(deep)])?.folder).toBe(folder);
  for (const broken of ['{ "name": "above"', '{ "version": "1.0.0; rm -rf ." }', '{ "version": "1.0.0\\u001b[31m" }']) {
    await writeFile(join(folder, 'package.json'), broken);
    expect(findPackage('above', [fileIn(deep)])).toBeNull();
  }
});

test('only where the native runtime is among them, the command blocks install scripts', () => {
  expect(installCommand(['onnxruntime-web'])).toBe('npm install -D onnxruntime-web');
  expect(installCommand(['a', 'onnxruntime-node'])).toBe('npm install -D --ignore-scripts a onnxruntime-node');
});
