import { expect, test } from 'vitest';
import { stackActivities } from '../../../analyzers/activity/callStacks.js';
import { gpuRealms } from '../../../analyzers/activity/gpu/realm.js';
import { findWasmFunctions } from '../../../analyzers/activity/wasmFunctions.js';
import { splitWindows } from '../../../analyzers/partition/splitWindows.js';
import { findWindows } from '../../../analyzers/windows/index.js';
import { idle, js, RunBuilder, samplingMs } from '../buildRun.js';
import { buildGpuLog } from '../gpu/buildGpuLog.js';

/**
 * Two inferences on the GPU, begun at 1 and at 6 by one task until 10, of which the device computes the first from 12 to 38 and the
 * second from 38 to 78, for 2 of which the task runs that ends the first.
 */
function splitOfTwo(secondBeginsMs: number) {
  const run = new RunBuilder({ hasThreadTimes: false });
  const worker = run.thread().task(0, 10).task(40, 42).task(80, 82).mark('inferscope:gpu:test', 0);
  worker.executes(js, 0, 10).executes(idle, 10, 40).executes(js, 40, 42).executes(idle, 42, 80).executes(js, 80, 82);
  worker.slice('DawnClientSerializer::Flush', 1.9, 2).measure('infer', 1, 41).measure('infer', secondBeginsMs, 81);
  const log = buildGpuLog({
    calls: [
      { name: 'queue.submit', atMs: 2, tookMs: 0.1, context: 0 },
      { name: 'mapAsync(READ)', atMs: 4, tookMs: 0, doneMs: 40, context: 0 },
      { name: 'queue.submit', atMs: 7, tookMs: 0.1, context: 0 },
      { name: 'mapAsync(READ)', atMs: 9, tookMs: 0, doneMs: 80, context: 0 },
    ],
    passes: [
      { call: 0, startUs: 12_000, durationUs: 26_000 },
      { call: 2, startUs: 38_000, durationUs: 40_000 },
    ],
  });
  worker.event({ ph: 's', id: 1, name: 'GpuChannel::Flush' }, 2);
  run.thread('CrGpuMain', 2).event({ ph: 'f', bp: 'e', id: 1, name: 'GpuChannel::Flush' }, 10).task(10, 11);
  const trace = run.trace();
  const { functions } = findWasmFunctions(trace, []);
  const realms = gpuRealms(trace, { schema: 'inferscope.gpu/1', realms: [log] });
  const { windows } = splitWindows(
    trace,
    findWindows(trace, null, 'infer', functions),
    stackActivities(trace, functions),
    [],
    realms,
  );
  return windows.map(
    ({ split }) =>
      (id: keyof typeof split) =>
        split[id] / 1000,
  );
}

const near = (ms: number, expected: number): void => expect(Math.abs(ms - expected)).toBeLessThanOrEqual(2 * samplingMs);

test('what the device computes for one inference, another one that is open meanwhile waits for', () => {
  const [first, second] = splitOfTwo(6);
  near(first!('gpu.execute'), 26);
  // The device goes on with the second before the first has heard, and the task with its calls.
  near(first!('contention.page'), 2 + 4);
  near(second!('gpu.execute'), 38);
  // And the task in which the first one ends.
  near(second!('contention.page'), 26 + 1);
  // Its calls tell that the rest of the first task is of the second one.
  near(second!('runtime.glue'), 4 + 1 + 1);
});

test('what is read back within both is of the first to end', () => {
  const [first, second] = splitOfTwo(1.5);
  near(first!('gpu.execute'), 26);
  near(second!('gpu.execute'), 38);
});
