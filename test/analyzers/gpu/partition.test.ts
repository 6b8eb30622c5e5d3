import { describe, expect, test } from 'vitest';
import { analyze } from '../../../analyzers/index.js';
import type { CauseId } from '../../../analyzers/partition/causes/index.js';
import type { Partition } from '../../../analyzers/partition/partition.js';
import type { GpuRealm } from '../../../src/bundle/gpuLog.js';
import { type Frame, idle, js, RunBuilder, samplingMs, type ThreadBuilder } from '../buildRun.js';
import { buildGpuLog } from './buildGpuLog.js';

const MARK = 'inferscope:gpu:test';
const hookUrl = 'https://page.example/hook.js';
/** What the page's hook leaves in samples of a call of the GPU's API. */
const encode: Frame = { functionName: 'inferscopeGpuEncode', url: hookUrl, codeType: 'JS', caller: js };
const inEncode: Frame = { functionName: '', url: hookUrl, codeType: 'JS', caller: encode };

interface Parts {
  readonly log?: GpuRealm;
  /** Instead of the owner's rest from 20 to 48. */
  readonly waiting?: (owner: ThreadBuilder) => ThreadBuilder;
  readonly gpuMain?: (gpu: ThreadBuilder) => ThreadBuilder;
}

const slice = (name: string, startMs: number, endMs: number) => (thread: ThreadBuilder) => thread.slice(name, startMs, endMs);
const steps =
  (...all: ((thread: ThreadBuilder) => ThreadBuilder)[]) =>
  (thread: ThreadBuilder): ThreadBuilder =>
    all.reduce((built, step) => step(built), thread);

/** Commands of the owner, flushed at 19 and taken up at 22, validated until 26. */
const served = steps(
  slice('RunTask', 22, 26),
  slice('GpuChannel::ExecuteDeferredRequest', 22, 26),
  slice('CommandBuffer::Flush', 22, 26),
);

/**
 * A window of 40 ms, 10 … 50: JavaScript until 14, encoding until 18, flushing until 20; then the owner waits until 48, and reads what
 * came. Milliseconds by cause; the causes must sum to the window.
 */
function causesOf({ log, waiting = (owner) => owner.executes(idle, 20, 48), gpuMain = served }: Parts): {
  readonly found: Partial<Record<CauseId, number>>;
  readonly partition: Partition;
} {
  const run = new RunBuilder({ hasThreadTimes: false });
  const owner = run.thread();
  owner.task(0, 20).task(48, 60).phase('iteration:0', 10, 50).mark(MARK, 0);
  owner.executes(js, 0, 14).executes(encode, 14, 16).executes(inEncode, 16, 18).executes(js, 18, 20).executes(js, 48, 60);
  owner.slice('CommandBufferHelper::Flush', 18, 20);
  owner.event({ ph: 's', id: 5, name: 'GpuChannel::Flush' }, 19);
  waiting(owner);
  const gpu = run.thread('CrGpuMain', 2);
  gpu.event({ ph: 'f', bp: 'e', id: 5, name: 'GpuChannel::Flush' }, 22);
  gpuMain(gpu);
  const { partition } = analyze(run.input({ gpu: log ? { schema: 'inferscope.gpu/1', realms: [log] } : null }));
  expect(partition!.causes.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
  return { found: Object.fromEntries(partition!.causes.map(({ id, ms }) => [id, ms])), partition: partition! };
}

const resolution = 1.5 * samplingMs;

function expectCauses(found: Partial<Record<CauseId, number>>, expected: Partial<Record<CauseId, number>>): void {
  expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
  for (const [id, ms] of Object.entries(expected))
    expect(Math.abs(found[id as CauseId]! - ms), `${id} is ${found[id as CauseId]}`).toBeLessThanOrEqual(resolution);
}

const busy = { 'runtime.glue': 6, 'gpu.encode': 4 } as const;
const stamped = buildGpuLog({
  calls: [
    { name: 'queue.submit', atMs: 18, tookMs: 1 },
    { name: 'mapAsync(READ)', atMs: 19.5, tookMs: 0, doneMs: 48 },
  ],
  passes: [{ call: 0, startUs: 28_000, durationUs: 17_000 }],
});

describe('the path of a window that waits for the GPU', () => {
  test('leads through the way there, the GPU process, the device, and the way back', () => {
    const { found, partition } = causesOf({ log: stamped });
    // Flushing 2, until taken up 2, from there until the device begins 2.
    expectCauses(found, { ...busy, 'gpu.ipc': 6, 'gpu.validate': 4, 'gpu.execute': 17, 'gpu.sync': 3 });
    expect(partition.causes.find(({ id }) => id === 'gpu.execute')!.evidence).toContain(
      '1 passes of the whole trace, by the device’s own timestamps',
    );
  });

  test('is the device’s computing until the answer where the device tells no times', () => {
    const { found, partition } = causesOf({});
    expectCauses(found, { ...busy, 'gpu.ipc': 4, 'gpu.validate': 4, 'gpu.execute': 22 });
    expect(partition.causes.find(({ id }) => id === 'gpu.execute')!.evidence).toContain('tells no times');
  });

  test('takes a stretch of draws whose length alone is known to begin when it was taken up', () => {
    const log = buildGpuLog({
      calls: [{ name: 'fenceSync', atMs: 18.9, tookMs: 0.2 }],
      passes: [{ call: 0, startUs: -1, durationUs: 20_000 }],
    });
    const { found } = causesOf({ log });
    expectCauses(found, { ...busy, 'gpu.ipc': 4, 'gpu.execute': 20, 'gpu.sync': 6 });
  });

  test('tells pipelines and read-back from the rest of what the GPU process does, and the device’s work that it sleeps for', () => {
    const gpuMain = steps(
      served,
      slice('DeviceBase::APICreateComputePipeline', 22.5, 23.5),
      slice('FramebufferVk::readPixelsImpl', 24, 26),
      slice('ContextVk::finishImpl', 24.5, 25.5),
    );
    const { found } = causesOf({ log: stamped, gpuMain });
    expectCauses(found, {
      ...busy,
      'gpu.ipc': 6,
      'gpu.validate': 1,
      'gpu.compile': 1,
      'gpu.transfer': 1,
      'gpu.execute': 18,
      'gpu.sync': 3,
    });
  });

  test('says when the GPU process is busy with others, and polls are not work', () => {
    const gpuMain = steps(
      served,
      slice('RunTask', 20.5, 21.5),
      slice('Graphics.Pipeline', 20.6, 21.4),
      slice('RunTask', 26.5, 27),
      slice('CommandBufferStub::PerformWork', 26.6, 26.9),
    );
    const { found } = causesOf({ log: stamped, gpuMain });
    expectCauses(found, { ...busy, 'contention.page': 1, 'gpu.ipc': 5, 'gpu.validate': 4, 'gpu.execute': 17, 'gpu.sync': 3 });
  });

  test.each([
    // Without times of the device it may compute meanwhile.
    ['GLES2::ReadPixels', 'gpu.validate', 'unattributed'],
    ['GLES2Implementation::GetShaderiv', 'gpu.compile', 'gpu.sync'],
  ] as const)('goes on through the GPU process where the owner is blocked in %s', (name, working, behind) => {
    const waiting = steps(slice(name, 20, 48), slice('ImplementationBase::WaitForCmd', 20.5, 47.5), (owner) =>
      owner.executes(js, 20, 48),
    );
    const { found } = causesOf({ waiting });
    // There and back again is the round trip.
    expectCauses(found, { ...busy, 'gpu.ipc': 2, [working]: 4, [behind]: 24 });
  });

  test('is a round trip in a blocking call while the device, by its own times, does nothing', () => {
    const waiting = steps(slice('GLES2::ReadPixels', 20, 48), (owner) => owner.executes(js, 20, 48));
    const log = buildGpuLog({
      calls: [{ name: 'queue.submit', atMs: 18, tookMs: 1 }],
      passes: [{ call: 0, startUs: 30_000, durationUs: 5000 }],
    });
    const { found } = causesOf({ waiting, log });
    expectCauses(found, { ...busy, 'gpu.ipc': 2, 'gpu.validate': 4, 'gpu.execute': 5, 'gpu.sync': 19 });
  });

  test('is an upload where the owner waits for room for its bytes', () => {
    const waiting = steps(slice('CommandBufferProxyImpl::WaitForToken', 20, 48), (owner) => owner.executes(js, 20, 48));
    expectCauses(causesOf({ waiting }).found, { ...busy, 'gpu.ipc': 2, 'gpu.validate': 4, 'gpu.transfer': 24 });
  });

  test('is a round trip where the GPU process waits longer than the device, by its own times, computes', () => {
    const log = buildGpuLog({
      calls: [{ name: 'queue.submit', atMs: 18, tookMs: 1 }],
      passes: [{ call: 0, startUs: 22_500, durationUs: 1000 }],
    });
    const gpuMain = steps(served, slice('ContextVk::finishImpl', 22, 25));
    expectCauses(causesOf({ log, gpuMain }).found, {
      ...busy,
      'gpu.ipc': 4,
      'gpu.execute': 1,
      'gpu.validate': 1,
      'gpu.sync': 24,
    });
  });

  test('is no GPU wait where the thread handed the GPU process nothing', () => {
    const run = new RunBuilder({ hasThreadTimes: false });
    const owner = run.thread();
    owner.task(0, 20).task(48, 60).phase('iteration:0', 10, 50);
    owner.executes(js, 0, 20).executes(idle, 20, 48).executes(js, 48, 60);
    served(run.thread('CrGpuMain', 2));
    const { partition } = analyze(run.input());
    expect(partition!.causes.map(({ id }) => id)).toEqual(['runtime.glue', 'unattributed']);
  });
});
