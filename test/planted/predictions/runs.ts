import { mean, median } from 'simple-statistics';
import type { GpuPlan } from '../gpu/gpuPlan.js';
import type { Plan } from '../plan.js';
import { type RecordedPlan, recordPlan } from '../recordPlan.js';
import type { PredictionCase } from './prediction.js';

const ITERATIONS = 16;
const GPU_ITERATIONS = 8;
const AMOUNT_MS = 15;
/** Slow predictions are every so many, so that the typical ones are without. */
const SELDOM = 8;

const windowsMs = ({ split }: RecordedPlan): number[] =>
  split.windows.map(({ window: { startUs, endUs } }) => (endUs - startUs) / 1000);

interface Planted {
  readonly id: string;
  readonly title: string;
  readonly step: string;
  readonly on?: 'worker' | 'main';
}

/** What a plant adds to every prediction is taken away. */
const everyTime = ({ id, title, step, on = 'worker' }: Planted, plan: Plan | GpuPlan): PredictionCase => ({
  id,
  title,
  step,
  open: async () => ({
    before: async () => {
      const recorded = await recordPlan({ ...plan, every: 1 }, { on, v8Flags: [] });
      return { ms: median(windowsMs(recorded)), analysis: recorded.analysis };
    },
    after: async () => {
      const none = 'backend' in plan ? { ...plan, amount: 0 } : { ...plan, amountMs: 0 };
      return median(windowsMs(await recordPlan(none, { on, v8Flags: [] })));
    },
    close: async () => {},
  }),
});

const wasm = (planted: Planted & { readonly plant: string }): PredictionCase =>
  everyTime(planted, { plant: planted.plant, base: 'simd128', amountMs: AMOUNT_MS, iterations: ITERATIONS });

const gpu = (planted: Planted & Pick<GpuPlan, 'backend' | 'plant' | 'amount'>): PredictionCase =>
  everyTime(planted, { backend: planted.backend, plant: planted.plant, amount: planted.amount, iterations: GPU_ITERATIONS });

/** A plant in few predictions, which the tool tells apart as slow ones. */
const seldom: PredictionCase = {
  id: 'slow-predictions',
  title: 'a timer out of every eighth prediction',
  step: 'predictions.slow',
  async open() {
    const plan: Plan = { plant: 'timer', base: 'simd128', amountMs: 2 * AMOUNT_MS, every: SELDOM, iterations: 4 * SELDOM };
    const slow = (recorded: RecordedPlan): number => mean(windowsMs(recorded).filter((_, i) => i % SELDOM === SELDOM - 1));
    return {
      before: async () => {
        const recorded = await recordPlan(plan, { on: 'worker', v8Flags: [] });
        return { ms: slow(recorded), analysis: recorded.analysis };
      },
      after: async () => slow(await recordPlan({ ...plan, amountMs: 0 }, { on: 'worker', v8Flags: [] })),
      close: async () => {},
    };
  },
};

/** Planted in runs of our own, on the processor and on the GPU or what stands in for it. */
export const runCases: readonly PredictionCase[] = [
  wasm({ id: 'timer', title: 'a timer out of the inference', step: 'cause.wait.timer', plant: 'timer' }),
  wasm({
    id: 'posted-task',
    title: 'a task for later out of the inference',
    step: 'cause.wait.timer',
    plant: 'postedTask',
    on: 'main',
  }),
  wasm({ id: 'fetched', title: 'a fetch out of the inference', step: 'cause.wait.network', plant: 'fetched' }),
  wasm({
    id: 'synchronous-request',
    title: 'a synchronous request out of the inference',
    step: 'cause.wait.blocked',
    plant: 'synchronousRequest',
  }),
  wasm({ id: 'atomics-wait', title: 'Atomics.wait out of the inference', step: 'cause.wait.blocked', plant: 'atomicsWait' }),
  wasm({
    id: 'synchronous-file',
    title: 'a file written synchronously out of the inference',
    step: 'cause.wait.blocked',
    plant: 'synchronousFile',
  }),
  wasm({
    id: 'page-timer',
    title: 'other work of the page out of the inference',
    step: 'cause.contention.page',
    plant: 'pageTimer',
    on: 'main',
  }),
  seldom,
  gpu({ id: 'pipelines', title: 'a pipeline kept', step: 'gpu.programs', backend: 'webgpu', plant: 'newPipeline', amount: 120 }),
  gpu({
    id: 'programs',
    title: 'a WebGL program kept',
    step: 'gpu.programs',
    backend: 'webgl',
    plant: 'newProgram',
    amount: 400,
  }),
  gpu({
    id: 'buffer-uploads',
    title: 'no upload of 96 MB to a buffer',
    step: 'gpu.uploads',
    backend: 'webgpu',
    plant: 'uploadToBuffer',
    amount: 96,
  }),
  gpu({
    id: 'texture-uploads',
    title: 'no upload of 96 MB to a texture',
    step: 'gpu.uploads',
    backend: 'webgl',
    plant: 'uploadToTexture',
    amount: 96,
  }),
  gpu({
    id: 'read-backs',
    title: '`readPixels` once, and not after each operator',
    step: 'gpu.read-once',
    backend: 'webgl',
    plant: 'readingPixels',
    amount: 1,
  }),
];
