import { expect, test } from 'vitest';
import type { Heaps } from '../../../collectors/memory/heapUsage.js';
import { canReadProcessMemory, processMemory, sampleMemory } from '../../../collectors/memory/sampleMemory.js';

const heaps: Heaps = { usedBytes: 1, totalBytes: 2, arrayBufferBytes: 3 };

test.skipIf(!canReadProcessMemory())('the size of a process follows what it takes', () => {
  const before = processMemory(process.pid)!;
  const taken = Buffer.alloc(64 << 20, 1);
  const after = processMemory(process.pid)!;
  expect(after - before).toBeGreaterThan(0.9 * taken.length);
  expect(after - before).toBeLessThan(1.3 * taken.length);
});

test('a process that is not there has no size', () => {
  expect(processMemory(2 ** 30)).toBeNull();
});

test('there is one question at a time to the heaps, and no row while there is no answer', async () => {
  const answers: (() => void)[] = [];
  const watch = {
    read: () => new Promise<Heaps>((resolve) => answers.push(() => resolve(heaps))),
    collectGarbage: async () => {},
  };
  const sampler = sampleMemory(null, watch, 1, () => performance.now());
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(answers).toHaveLength(1);
  const reading = sampler.read();
  answers[0]!();
  await expect.poll(() => answers.length).toBe(2);
  answers[1]!();
  await reading;
  const { processes, heaps: read } = sampler.stop();
  expect(processes).toBeNull();
  expect(read.totalBytes.slice(0, 2)).toEqual([2, 2]);
});

test('heaps that cannot be read leave the rest as it is', async () => {
  const watch = { read: () => Promise.reject(new Error('gone')), collectGarbage: async () => {} };
  const sampler = sampleMemory({ page: process.pid, gpu: null }, watch, 1, () => performance.now());
  await sampler.read();
  const { processes, heaps: read } = sampler.stop();
  expect(processes!.atMs.length).toBeGreaterThanOrEqual(2);
  expect(processes!.gpuBytes.every((bytes) => bytes === null)).toBe(true);
  expect(read.atMs).toEqual([]);
});
