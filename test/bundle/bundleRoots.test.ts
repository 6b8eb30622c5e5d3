import { expect, test } from 'vitest';
import { bundleRoots } from '../../src/bundle/bundleRoots.js';

test.each<[string, readonly string[], readonly string[]]>([
  ['at the top', ['run.json', 'trace.json.gz', 'qoe/0-none/trace.json.gz'], ['']],
  ['in a folder', ['a/b/run.json', 'a/b/modules/x.wasm'], ['a/b']],
  ['several', ['b/run.json', 'a/run.json', 'c/other.json'], ['a', 'b']],
  ['one in another, which is part of it', ['a/run.json', 'a/runs/b/run.json'], ['a']],
  ['none', ['xrun.json', 'run.json.gz', 'a/._run.json'], []],
  ['alike by name only', ['a/run.json', 'ab/run.json'], ['a', 'ab']],
])('bundles among files: %s', (_, paths, roots) => {
  expect(bundleRoots(paths)).toEqual(roots);
});
