import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gpuFrameNames } from '../../../src/bundle/gpuNames.js';
import { packageRoot } from '../../../src/packageRoot.js';

test.each(['worker.js', 'main.js'])('the bundler leaves the names in %s by which CPU samples tell GPU calls', async (script) => {
  const text = await readFile(join(packageRoot(), 'dist/browser', script), 'utf8');
  const count = (name: string) => text.split(`function ${name}(`).length - 1;
  // Calls that are only passed on have a wrapper of their own.
  expect(Object.fromEntries(Object.values(gpuFrameNames).map((name) => [name, count(name)]))).toEqual({
    inferscopeGpuEncode: 2,
    inferscopeGpuCompile: 1,
    inferscopeGpuTransfer: 1,
    inferscopeGpuSubmit: 1,
    inferscopeGpuSync: 1,
  });
});
