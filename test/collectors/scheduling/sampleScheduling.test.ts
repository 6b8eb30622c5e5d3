import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { canSampleScheduling, sampleScheduling } from '../../../collectors/scheduling/sampleScheduling.js';
import { schedulingSchema } from '../../../src/bundle/scheduling.js';

const BUSY = `const end = performance.now() + 700; while (performance.now() < end);`;

describe.skipIf(!canSampleScheduling())('sampling the scheduler (skipped where /proc has no schedstat)', () => {
  test('survives threads that come and go, and sees what they ran', async () => {
    const sampler = sampleScheduling([process.pid]);
    const worker = new Worker(BUSY, { eval: true });
    await once(worker, 'exit');
    const second = new Worker(BUSY, { eval: true });
    await sleep(150);
    await second.terminate();
    await sleep(50);
    const { threads, samples } = schedulingSchema.parse(sampler.stop());
    expect(threads.length).toBeGreaterThan(1);
    expect(threads.every(({ pid }) => pid === process.pid)).toBe(true);
    const ranUs = threads.map((_, thread) => {
      const sums = samples.ranUs.filter((_, i) => samples.thread[i] === thread);
      return (sums.at(-1) ?? 0) - (sums[0] ?? 0);
    });
    expect(Math.max(...ranUs)).toBeGreaterThan(100_000);
  });

  test('gives sums that never fall, at times that never go back, per thread', () => {
    const sampler = sampleScheduling([process.pid]);
    for (let i = 0; i < 1e7; i++);
    const { threads, samples } = sampler.stop();
    for (const [thread] of threads.entries()) {
      for (const column of [samples.atUs, samples.ranUs, samples.waitedUs]) {
        const own = column.filter((_, i) => samples.thread[i] === thread);
        expect(own).toEqual([...own].sort((a, b) => a - b));
      }
    }
  });

  test('of a process that is not there is empty', () => {
    expect(sampleScheduling([2 ** 30]).stop().threads).toEqual([]);
  });

  test('tells how busy the whole machine is', async () => {
    const sampler = sampleScheduling([]);
    const worker = new Worker(BUSY, { eval: true });
    await once(worker, 'exit');
    const { system } = schedulingSchema.parse(sampler.stop());
    const { atUs, busyUs } = system!;
    expect(atUs.length).toBeGreaterThan(5);
    expect(busyUs).toEqual([...busyUs].sort((a, b) => a - b));
    // The worker alone keeps a core busy for 0.7 s; it may have to share it.
    expect(busyUs.at(-1)! - busyUs[0]!).toBeGreaterThan(200_000);
  });
});
