import { describe, expect, test } from 'vitest';
import { analyze } from '../../../analyzers/index.js';
import type { CauseId } from '../../../analyzers/partition/causes/index.js';
import { gpuReadbacks } from '../../../analyzers/windows/gpuReadbacks.js';
import type { GpuRealm } from '../../../src/bundle/gpuLog.js';
import { type Frame, idle, js, RunBuilder, samplingMs, type ThreadBuilder, wasm } from '../buildRun.js';
import { buildGpuLog } from './buildGpuLog.js';

const MARK = 'inferscope:gpu:test';
const INFERS = '.WebGL-0x1';
const DRAWS = '.WebGL-0x2';
const DEVICES = 'WebGPUDecoderImpl';
const PAINTS = '.RendererRasterWorker-0x3';
const drawing: Frame = { functionName: 'draw', url: 'https://page.example/scene.js', codeType: 'JS' };

let flows = 0;

/** Commands for a context, sent at one moment and worked on in the GPU process during a stretch. Without a name it is not known which. */
function sends(
  from: ThreadBuilder,
  to: ThreadBuilder,
  context: string | null,
  sentMs: number,
  [startMs, endMs]: readonly [number, number],
): void {
  const flow = { id: ++flows, name: 'GpuChannel::Flush' };
  from.event({ ph: 's', ...flow }, sentMs);
  to.event({ ph: 'f', bp: 'e', ...flow }, startMs);
  for (const name of ['RunTask', 'GpuChannel::ExecuteDeferredRequest', 'CommandBuffer::Flush']) to.slice(name, startMs, endMs);
  const args = { handler: context };
  if (context !== null)
    to.event({ ph: 'X', name: 'CommandBufferService:PutChanged', dur: 1000 * (endMs - startMs), args }, startMs);
}

function causesOf(run: RunBuilder, realms: readonly GpuRealm[] = []): Partial<Record<CauseId, number>> {
  const gpu = realms.length > 0 ? { schema: 'inferscope.gpu/1' as const, realms: [...realms] } : null;
  const { partition } = analyze(run.input({ gpu }));
  expect(partition!.causes.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
  return Object.fromEntries(partition!.causes.flatMap(({ id, ms }) => (ms < samplingMs ? [] : [[id, ms]])));
}

function expectCauses(found: Partial<Record<CauseId, number>>, expected: Partial<Record<CauseId, number>>): void {
  expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
  for (const [id, ms] of Object.entries(expected))
    expect(Math.abs(found[id as CauseId]! - ms), `${id} is ${found[id as CauseId]}`).toBeLessThanOrEqual(1.5 * samplingMs);
}

describe('a page that calls no GPU API', () => {
  /** Computes in Wasm from 10 to 20 and from 40 to 50, and waits for a timer in between, in which Chrome paints the page from 24 to 26. */
  function paintingPage(paints: (main: ThreadBuilder, gpu: ThreadBuilder) => void, paintedBy: Frame = drawing): RunBuilder {
    const run = new RunBuilder({ hasThreadTimes: false });
    const main = run.thread('CrRendererMain');
    main.task(5, 20).task(24, 26).task(40, 55).slice('TimerFire', 40, 55).phase('iteration:0', 10, 50);
    main.executes(js, 5, 10).executes(wasm('simd128'), 10, 20).executes(idle, 20, 24);
    main.executes(paintedBy, 24, 26).executes(idle, 26, 40).executes(wasm('simd128'), 40, 50).executes(js, 50, 55);
    paints(main, run.thread('CrGpuMain', 2));
    return run;
  }

  const painted = { 'isa.simd128': 20, 'contention.page': 2, 'wait.timer': 18 } as const;

  test.each([
    ['by its context’s name', PAINTS],
    ['as no call of an API is seen', null],
  ])('has what Chrome does on the GPU to paint it for no cause of its inferences: %s', (_, context) => {
    const run = paintingPage((main, gpu) => {
      main.slice('CommandBufferHelper::Flush', 24, 25).slice('CommandBufferProxyImpl::Flush', 24.2, 24.8);
      sends(main, gpu, context, 24.5, [27, 39]);
    });
    expectCauses(causesOf(run), painted);
  });

  test('has none either where the trace does not show the GPU process', () => {
    const run = paintingPage((main) => main.slice('CommandBufferHelper::Flush', 24, 25));
    expectCauses(causesOf(run), painted);
  });

  test('is not known to wait for the GPU where Chrome blocks it to read a picture', () => {
    const run = paintingPage((main, gpu) => {
      main.slice('CommandBufferHelper::Finish', 24, 26).slice('CommandBufferProxyImpl::WaitForGetOffset', 24.2, 25.8);
      sends(main, gpu, PAINTS, 24.1, [24.2, 25.8]);
    }, js);
    const found = Object.keys(causesOf(run));
    expect(found.filter((id) => id.startsWith('gpu.'))).toEqual([]);
  });

  test('draws with WebGL, and its inferences in Wasm wait for no answer of it', () => {
    const run = paintingPage((main, gpu) => {
      main.slice('GLES2::GetUniformLocation', 2, 3).slice('CommandBufferHelper::Flush', 24, 25);
      sends(main, gpu, DRAWS, 24.5, [27, 39]);
    });
    expectCauses(causesOf(run), painted);
  });
});

/**
 * A window of 40 ms, 10 … 50: the owner hands commands over at 19, which the GPU process validates from 20 to 24, and waits until 48 for
 * what it reads back.
 */
function waitingOwner(
  context: string,
  more: (owner: ThreadBuilder, gpu: ThreadBuilder, run: RunBuilder) => void = () => {},
  between: Frame = idle,
): RunBuilder {
  const run = new RunBuilder({ hasThreadTimes: false });
  const owner = run.thread();
  owner.task(0, 20).task(48, 60).phase('iteration:0', 10, 50).mark(MARK, 0);
  owner.executes(js, 0, 20).executes(idle, 20, 30).executes(between, 30, 36).executes(idle, 36, 48).executes(js, 48, 60);
  owner.slice('GLES2::ReadPixels', 19.9, 20);
  const gpu = run.thread('CrGpuMain', 2);
  sends(owner, gpu, context, 19, [20, 24]);
  gpu.slice('FramebufferVk::readPixelsImpl', 23, 24);
  more(owner, gpu, run);
  return run;
}

const answered = [
  { name: 'queue.submit', atMs: 18, tookMs: 0.5, context: 0 },
  { name: 'mapAsync(READ)', atMs: 19, tookMs: 0, doneMs: 48, context: 0 },
] as const;
const asked = { 'runtime.glue': 12, 'gpu.validate': 3, 'gpu.transfer': 1 } as const;

describe('while an inference waits for the GPU, another context of its page', () => {
  test('has the device compute, by a device of its own on the same thread', () => {
    const log = buildGpuLog({
      calls: [...answered, { name: 'queue.submit', atMs: 19.5, tookMs: 0.1, context: 1 }],
      passes: [
        { call: 0, startUs: 24_000, durationUs: 7000 },
        { call: 2, startUs: 31_000, durationUs: 14_000 },
      ],
    });
    const found = causesOf(waitingOwner(DEVICES), [log]);
    expectCauses(found, { ...asked, 'gpu.execute': 7, 'contention.page': 14, 'gpu.sync': 3 });
  });

  test('has it compute from another thread', () => {
    const own = buildGpuLog({ calls: answered, passes: [{ call: 0, startUs: 24_000, durationUs: 7000 }] });
    const other = buildGpuLog({
      clock: { mark: 'inferscope:gpu:other' },
      calls: [{ name: 'queue.submit', atMs: 19.5, tookMs: 0.1, context: 0 }],
      passes: [{ call: 0, startUs: 31_000, durationUs: 14_000 }],
    });
    const run = waitingOwner(DEVICES, (_, __, more) => more.thread('CrRendererMain').mark('inferscope:gpu:other', 0));
    expectCauses(causesOf(run, [own, other]), { ...asked, 'gpu.execute': 7, 'contention.page': 14, 'gpu.sync': 3 });
  });

  test('has it compute at a time that is not known, by a clock of its own without a read-back', () => {
    const own = buildGpuLog({ calls: answered, passes: [{ call: 0, startUs: 24_000, durationUs: 7000 }] });
    const other = buildGpuLog({
      clock: { mark: 'inferscope:gpu:other' },
      calls: [{ name: 'queue.submit', atMs: 19.5, tookMs: 0.1, context: 0 }],
      passes: [{ call: 0, startUs: 1000, durationUs: 14_000 }],
    });
    const run = waitingOwner(DEVICES, (_, __, more) => more.thread('CrRendererMain').mark('inferscope:gpu:other', 0));
    expectCauses(causesOf(run, [own, other]), { ...asked, 'gpu.execute': 7, 'gpu.sync': 17 });
  });

  test('has the device compute while the GPU process waits for it', () => {
    // The device tells lengths only, of the drawing context when it draws again.
    const log = buildGpuLog({
      calls: [
        { name: 'flush', atMs: 19.5, tookMs: 0.1, context: 1 },
        { name: 'readPixels', atMs: 19.9, tookMs: 28.1, context: 0 },
      ],
      passes: [
        { call: 1, startUs: -1, durationUs: 4000 },
        { call: 0, startUs: -1, durationUs: 15_000 },
      ],
    });
    const run = new RunBuilder({ hasThreadTimes: false });
    const owner = run.thread();
    owner.task(0, 60).phase('iteration:0', 10, 50).mark(MARK, 0).executes(js, 0, 60);
    owner.slice('GLES2::ReadPixels', 19.9, 48).slice('CommandBufferProxyImpl::WaitForGetOffset', 20, 47.9);
    const gpu = run.thread('CrGpuMain', 2);
    sends(owner, gpu, DRAWS, 19.4, [20, 21]);
    sends(owner, gpu, INFERS, 19.95, [22, 46]);
    gpu.slice('FramebufferVk::readPixelsImpl', 22, 46).slice('ContextVk::finishImpl', 23, 45);
    // From 20 on for the other one, and then for the owner until 39.
    expectCauses(causesOf(run, [log]), {
      'runtime.glue': 11.9,
      'contention.page': 14,
      'gpu.execute': 4,
      'gpu.transfer': 2,
      'gpu.sync': 8,
    });
  });

  test('keeps the GPU process busy while the device, by its times, does nothing', () => {
    const log = buildGpuLog({ calls: answered, passes: [{ call: 0, startUs: 24_000, durationUs: 7000 }] });
    const run = waitingOwner(DEVICES, (owner, gpu) => sends(owner, gpu, DRAWS, 19.8, [31, 45]));
    expectCauses(causesOf(run, [log]), { ...asked, 'gpu.execute': 7, 'contention.page': 14, 'gpu.sync': 3 });
  });

  test('keeps it busy, and the device, which tells no times, may compute meanwhile', () => {
    const run = waitingOwner(INFERS, (owner, gpu) => sends(owner, gpu, DRAWS, 19.8, [31, 45]));
    expectCauses(causesOf(run), { ...asked, unattributed: 14, 'gpu.execute': 10 });
  });

  test('draws in a task between those of the run', () => {
    const run = waitingOwner(
      INFERS,
      (owner, gpu) => {
        owner.task(30, 36).slice('CommandBufferHelper::Flush', 35, 36);
        sends(owner, gpu, DRAWS, 35.5, [36, 37]);
      },
      drawing,
    );
    expectCauses(causesOf(run), { ...asked, 'contention.page': 6, unattributed: 1, 'gpu.execute': 17 });
  });

  test('is of the run if it is read back, too', () => {
    const run = waitingOwner(INFERS, (owner, gpu) => {
      sends(owner, gpu, DRAWS, 19.8, [31, 45]);
      gpu.slice('FramebufferVk::readPixelsImpl', 44, 45);
    });
    expectCauses(causesOf(run), { ...asked, 'gpu.validate': 16, 'gpu.transfer': 2, 'gpu.ipc': 7, 'gpu.execute': 3 });
  });
});

test('what a page draws in another context begins no inference, and ends none', () => {
  const frames = Array.from({ length: 200 }, (_, i) => ({ name: 'flush', atMs: 5 * i, tookMs: 0.1, count: 3, context: 1 }));
  const inferences = [100, 400, 700].flatMap((atMs) => [
    { name: 'flush', atMs: atMs + 1, tookMs: 0.1, count: 5, context: 0 },
    { name: 'readPixels', atMs: atMs + 2, tookMs: 50, context: 0 },
  ]);
  const calls = [...frames, ...inferences].sort((a, b) => a.atMs - b.atMs);
  const [series, ...others] = gpuReadbacks({
    gpuRealms: [{ log: buildGpuLog({ calls }), thread: 0, toTraceUs: (ms) => 1000 * ms }],
  });
  expect(others).toEqual([]);
  expect(series!.spans.map(({ startUs, endUs }) => [startUs, endUs])).toEqual(
    [100, 400, 700].map((atMs) => [1000 * (atMs + 1), 1000 * (atMs + 52)]),
  );
});
