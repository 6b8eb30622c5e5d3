import { expect, test } from 'vitest';
import { analyze } from '../../../analyzers/index.js';
import { js, RunBuilder } from '../buildRun.js';
import { buildGpuLog } from '../gpu/buildGpuLog.js';

const SITE = 'Dc (https://page.example/ort-wasm-simd-threaded.asyncify.mjs:84:109)\nrun (https://page.example/app.js:3:4)';

/** Two windows, 10 … 30 and 30 … 50. */
function amidOf(calls: NonNullable<Parameters<typeof buildGpuLog>[0]['calls']>) {
  const run = new RunBuilder();
  const owner = run.thread();
  owner.task(0, 50).executes(js, 0, 50).mark('inferscope:gpu:test', 0);
  owner.phase('iteration:0', 10, 30).phase('iteration:1', 30, 50);
  return analyze(run.input({ gpu: { schema: 'inferscope.gpu/1', realms: [buildGpuLog({ calls })] } })).readBacksAmid;
}

const work = (atMs: number) => ({ name: 'queue.submit', atMs, tookMs: 0.1, count: 2 });
const read = (atMs: number, doneMs: number) => ({ name: 'mapAsync(READ)', atMs, tookMs: 0.1, doneMs, bytes: 400, site: SITE });

test('a read-back after which the same inference starts more work is amid it; the last one is not', () => {
  const amid = amidOf([work(11), read(12, 16), work(17), read(18, 29), work(31), read(32, 34), work(35), read(40, 49)])!;
  expect(amid).toMatchObject({ count: 1, ms: 3, bytes: 400 });
  expect(amid.sites).toMatchObject([{ call: 'mapAsync(READ)', count: 1, site: { function: 'Dc', line: 84 } }]);
});

test('each read-back of several without work in between counts, as of one operator with several inputs', () => {
  expect(amidOf([work(11), read(12, 16), read(13, 17), work(18), read(19, 29), work(31), read(32, 49)])!.count).toBe(1);
});

test('what is read while the next work has begun holds up nothing', () => {
  expect(amidOf([work(11), read(12, 20), work(13), read(21, 29), work(31), read(32, 49)])).toMatchObject({ count: 0, sites: [] });
});

test('a read-back at the end of one inference is not amid it, as the next one begins', () => {
  expect(amidOf([work(11), read(12, 30), work(31), read(32, 50)])!.count).toBe(0);
});
