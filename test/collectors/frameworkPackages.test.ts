import { join } from 'node:path';
import { expect, test } from 'vitest';
import { frameworkFolders, frameworkLack, frameworkPackages, frameworkVersion } from '../../collectors/frameworkPackages.js';
import { frameworks } from '../../collectors/frameworks.js';
import { findPackage } from '../../src/findPackage.js';
import { temporaryFolder } from '../models/temporaryFolder.js';
import { installed } from '../setup/fakePackage.js';

const ORT = { 'dist/ort.wasm.min.mjs': '' };
const placesOf = (...projects: string[]): string[] => projects.map((project) => join(project, 'package.json'));

test('each backend of each framework of this clone can run, with scripts that are there', () => {
  for (const [id, { backends }] of Object.entries(frameworks)) {
    expect(frameworkLack(id as keyof typeof frameworks, backends), id).toBeNull();
  }
  expect(frameworkVersion('ort')).toBe(findPackage('onnxruntime-web')!.version);
  expect(Object.keys(frameworkFolders('tfjs'))).toEqual(['tfjs', 'tfjs-backend-wasm', 'tfjs-backend-webgpu']);
});

test('a framework that is not installed lacks its packages: those that the backends need', async () => {
  const places = placesOf(await temporaryFolder());
  expect(frameworkLack('ort', ['wasm'], places)).toEqual({
    problem: 'onnxruntime-web is not installed.',
    install: ['onnxruntime-web'],
  });
  expect(frameworkLack('tfjs', ['webgl', 'webgpu'], places)).toEqual({
    problem: '@tensorflow/tfjs and @tensorflow/tfjs-backend-webgpu are not installed.',
    install: ['@tensorflow/tfjs', '@tensorflow/tfjs-backend-webgpu'],
  });
});

test('packages of a framework come from one place, and a missing one is asked for in the version of the others', async () => {
  const [project, own] = [await temporaryFolder(), await temporaryFolder()];
  await installed(project, '@tensorflow/tfjs', { version: '4.20.0' }, { 'dist/tf.min.js': '' });
  for (const name of ['@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm'])
    await installed(own, name, { version: '4.22.0' }, { 'dist/tf.min.js': '', 'dist/tf-backend-wasm.min.js': '' });
  const places = placesOf(project, own);
  expect(frameworkPackages('tfjs', places).map(({ version }) => version)).toEqual(['4.20.0']);
  expect(frameworkLack('tfjs', ['webgl'], places)).toBeNull();
  expect(frameworkLack('tfjs', ['wasm'], places)).toEqual({
    problem: '@tensorflow/tfjs-backend-wasm is not installed.',
    install: ['@tensorflow/tfjs-backend-wasm@4.20.0'],
  });
  expect(frameworkLack('tfjs', ['wasm'], placesOf(own))).toBeNull();
});

test('two versions in one project, and a package without the script that a page loads, are told with the folder', async () => {
  const project = await temporaryFolder();
  const places = placesOf(project);
  await installed(project, '@tensorflow/tfjs', { version: '4.22.0' }, { 'dist/tf.min.js': '' });
  await installed(project, '@tensorflow/tfjs-backend-wasm', { version: '4.20.0' }, { 'dist/tf-backend-wasm.min.js': '' });
  const apart = frameworkLack('tfjs', ['wasm'], places)!;
  expect(apart.problem).toMatch(/tfjs-backend-wasm is 4\.20\.0 and @tensorflow\/tfjs 4\.22\.0, in .*one version/);
  expect(apart.install).toEqual(['@tensorflow/tfjs-backend-wasm@4.22.0']);
  expect(frameworkLack('tfjs', ['webgl'], places)).toBeNull();

  const folder = await installed(project, 'onnxruntime-web', { version: '1.16.3' }, ORT);
  expect(frameworkLack('ort', ['wasm'], places)).toBeNull();
  expect(frameworkLack('ort', ['webgpu'], places)).toEqual({
    problem: `onnxruntime-web 1.16.3 in ${folder} has no dist/ort.webgpu.min.mjs, so it is too old, or not complete.`,
    install: ['onnxruntime-web@latest'],
  });
});
