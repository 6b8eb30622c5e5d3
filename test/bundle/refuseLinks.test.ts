import { mkdir, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BundleError } from '../../src/bundle/bundleFiles.js';
import { createBundle } from '../../src/bundle/bundleWriter.js';
import { refuseLinks } from '../../src/bundle/refuseLinks.js';
import { temporaryFolder } from '../models/temporaryFolder.js';

test('a link anywhere below the folder is named, and what is not there yet is none', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'runs', 'a'), { recursive: true });
  await mkdir(join(folder, 'elsewhere'));
  await symlink(join(folder, 'elsewhere'), join(folder, 'runs', 'b'));
  await refuseLinks(folder, 'runs', 'a', '0');
  await refuseLinks(folder, 'tables');
  await expect(refuseLinks(folder, 'runs', 'b', '0')).rejects.toThrow(BundleError);
  await expect(refuseLinks(folder, 'runs', 'b', '0')).rejects.toThrow(`${join(folder, 'runs', 'b')} is a link`);
});

test('a bundle is not written through a link, with a slash behind it or without', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'elsewhere'));
  await symlink('elsewhere', join(folder, 'bundle'));
  await symlink('nowhere', join(folder, 'dangling'));
  for (const name of ['bundle', 'bundle/', 'dangling']) {
    await expect(createBundle(`${folder}/${name}`)).rejects.toThrow(/is a link, and nothing is written through links/);
  }
  expect(await readdir(join(folder, 'elsewhere'))).toEqual([]);
});
