import { expect, test } from 'vitest';
import { memoryNotes } from '../../../analyzers/memory/index.js';
import { memoryUse } from '../../../analyzers/memory/memory.js';
import { buildManifest } from '../buildManifest.js';
import { buildMemoryLog } from './buildMemoryLog.js';

const log = buildMemoryLog();
const use = memoryUse(log, 4e6)!;
const idsOf = (...parameters: Parameters<typeof memoryNotes>) => memoryNotes(...parameters).map(({ id }) => id);

test('nothing is noted where everything was told', () => {
  expect(idsOf(use, buildManifest())).toEqual([]);
});

test('what a framework or a system does not tell of memory is noted', () => {
  expect(idsOf({ ...use, live: null }, buildManifest())).toEqual(['memory-no-tensors']);
  expect(idsOf({ ...use, process: null, gpuProcess: null }, buildManifest())).toEqual(['memory-no-process']);
  expect(idsOf({ ...use, gpuProcess: null }, buildManifest())).toEqual(['memory-no-gpu-process']);
});
