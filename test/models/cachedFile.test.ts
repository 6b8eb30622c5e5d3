import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { cachedFile } from '../../models/cachedFile.js';
import { temporaryFolder } from './temporaryFolder.js';

const content = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);

test('a file is made once', async () => {
  const folder = join(await temporaryFolder(), 'not', 'there', 'yet');
  const make = vi.fn(() => [content.subarray(0, 300), content.subarray(300)]);
  const first = await cachedFile(folder, 'model-g1', '.onnx', make);
  const second = await cachedFile(folder, 'model-g1', '.onnx', make);
  expect(second).toBe(first);
  expect(make).toHaveBeenCalledTimes(1);
  expect(basename(first)).toMatch(/^model-g1-[0-9a-f]{16}\.onnx$/);
  expect(new Uint8Array(await readFile(first))).toEqual(content);
});

test.each([
  ['cut', (path: string) => truncate(path, 500)],
  ['emptied', (path: string) => truncate(path, 0)],
  ['altered at the same size', (path: string) => writeFile(path, new Uint8Array(1000))],
])('a file that was %s is made again', async (_, damage) => {
  const folder = await temporaryFolder();
  const path = await cachedFile(folder, 'model-g1', '.onnx', () => [content]);
  await damage(path);
  const make = vi.fn(() => [content.subarray(0, 300), content.subarray(300)]);
  expect(await cachedFile(folder, 'model-g1', '.onnx', make)).toBe(path);
  expect(make).toHaveBeenCalledTimes(1);
  expect(new Uint8Array(await readFile(path))).toEqual(content);
});

test('another version of the generator has a file of its own', async () => {
  const folder = await temporaryFolder();
  const make = vi.fn(() => [content.subarray(0, 300), content.subarray(300)]);
  const first = await cachedFile(folder, 'model-g1', '.onnx', make);
  const second = await cachedFile(folder, 'model-g11', '.onnx', make);
  expect(second).not.toBe(first);
  expect(make).toHaveBeenCalledTimes(2);
});

test('several at once agree on one whole file', async () => {
  const folder = await temporaryFolder();
  const paths = await Promise.all(Array.from({ length: 5 }, () => cachedFile(folder, 'model-g1', '.onnx', () => [content])));
  expect(new Set(paths).size).toBe(1);
  expect(await readdir(folder)).toEqual([basename(paths[0]!)]);
});

test('nothing is left when making fails', async () => {
  const folder = await temporaryFolder();
  function* make() {
    yield content;
    throw new Error('out of luck');
  }
  await expect(cachedFile(folder, 'model-g1', '.onnx', make)).rejects.toThrow('out of luck');
  expect(await readdir(folder)).toEqual([]);
});
