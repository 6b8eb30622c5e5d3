import { mkdir, readdir, readFile, readlink, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { NotAFileError } from '../../src/bundle/notAFile.js';
import { isPartial, replaceFile, writeWhole } from '../../src/bundle/replaceFile.js';
import { temporaryFolder } from '../models/temporaryFolder.js';
import { specialFiles } from './special.js';

test('a link at the path is replaced, and what it leads to stays as it is', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'thesis.txt'), 'five years');
  await symlink('thesis.txt', join(folder, 'report.html'));
  await symlink('nowhere', join(folder, 'dangling'));
  await writeWhole(join(folder, 'report.html'), 'new');
  await writeWhole(join(folder, 'dangling'), 'new');
  expect(await readFile(join(folder, 'thesis.txt'), 'utf8')).toBe('five years');
  expect(await readFile(join(folder, 'report.html'), 'utf8')).toBe('new');
  await expect(readlink(join(folder, 'report.html'))).rejects.toThrow(/EINVAL/);
  expect((await readdir(folder)).sort()).toEqual(['dangling', 'report.html', 'thesis.txt']);
});

test('while a file is written its old content is there, and another name beside it', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'a');
  await writeFile(path, 'old');
  await replaceFile(path, async (file) => {
    await file.writeFile('new');
    expect(await readFile(path, 'utf8')).toBe('old');
    const others = (await readdir(folder)).filter((name) => name !== 'a');
    expect(others.map(isPartial)).toEqual([true]);
  });
  expect(await readFile(path, 'utf8')).toBe('new');
  expect(await readdir(folder)).toEqual(['a']);
});

test('what could not be written leaves the old content and nothing else', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'a');
  await writeFile(path, 'old');
  const failing = replaceFile(path, async (file) => {
    await file.writeFile('ne');
    throw new Error('the disk is full');
  });
  await expect(failing).rejects.toThrow('the disk is full');
  expect(await readFile(path, 'utf8')).toBe('old');
  expect(await readdir(folder)).toEqual(['a']);
});

test.skipIf(process.platform === 'win32')('a pipe, a socket, a device and a folder are not replaced', async () => {
  const folder = await temporaryFolder();
  const { pipe, socket } = await specialFiles(folder);
  await mkdir(join(folder, 'sub'));
  await symlink('/dev/null', join(folder, 'null'));
  for (const path of [pipe, socket, join(folder, 'sub'), join(folder, 'null')]) {
    await expect(replaceFile(path, (file) => file.writeFile('x'))).rejects.toThrow(NotAFileError);
  }
  expect((await readdir(folder)).sort()).toEqual(['null', 'pipe', 'socket', 'sub']);
});
