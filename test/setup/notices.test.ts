import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/packageRoot.js';
import { noticesComment, packagesIn } from '../../src/setup/notices.mjs';
import { temporaryFolder } from '../models/temporaryFolder.js';
import { installed } from './fakePackage.js';

const BSD = 'Copyright A. Nobody\n\nRedistribution, also with */ in it, is fine.';
const used = { bytesInOutput: 1 };

test('each package with a part in a bundle stands in its notices, and packages with one text share it', async () => {
  const root = await temporaryFolder();
  for (const name of ['a', '@scope/b', 'unused']) await installed(root, name, facts(), { 'LICENSE.md': BSD });
  await installed(join(root, 'node_modules', 'a'), 'inside', facts(), { Copying: 'Its own terms.' });
  const packages = packagesIn(
    {
      'node_modules/a/x.js': used,
      'node_modules/a/y.js': used,
      'node_modules/@scope/b/z.js': used,
      'node_modules/a/node_modules/inside/w.js': used,
      'node_modules/unused/v.js': { bytesInOutput: 0 },
      'src/own.ts': used,
    },
    root,
  );
  expect(packages.map(({ name }) => name)).toEqual(['@scope/b 1.0.0', 'a 1.0.0', 'inside 1.0.0']);
  const comment = noticesComment(packages);
  expect(comment.split('Redistribution')).toHaveLength(2);
  expect(comment).toContain('Its own terms.');
  // It ends where the comment does.
  expect(comment.trim().indexOf('*/')).toBe(comment.trim().length - 2);
  expect(noticesComment([])).toBe('');
});

test('a package that names no licence may not be in a bundle', async () => {
  const root = await temporaryFolder();
  await installed(root, 'nameless', { version: '1.0.0' });
  expect(() => packagesIn({ 'node_modules/nameless/x.js': used }, root)).toThrow('nameless in a bundle names no licence');
});

test.each([
  ['dist/browser/report.js', ['vega', 'vega-lite', 'vega-interpreter']],
  ['dist/browser/videoScene.js', ['mediabunny']],
])('%s ends with the notices of what it contains', async (script, names) => {
  const text = await readFile(join(packageRoot(), script), 'utf8');
  const all = await readFile(join(packageRoot(), 'THIRD-PARTY-NOTICES.md'), 'utf8');
  for (const name of names) {
    expect(text).toMatch(new RegExp(`\\n${name} \\d.*Licence: `, 's'));
    expect(all).toMatch(new RegExp(`\\n${name} \\d`));
  }
});

const facts = () => ({ version: '1.0.0', license: 'BSD-3-Clause', repository: { url: 'https://example.com/x' } });
