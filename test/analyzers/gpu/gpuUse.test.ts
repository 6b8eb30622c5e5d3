import { expect, test } from 'vitest';
import { analyze } from '../../../analyzers/index.js';
import { js, RunBuilder } from '../buildRun.js';
import { buildGpuLog } from './buildGpuLog.js';

const SITE = 'download (https://page.example/framework.js:17:220)\nrun (https://page.example/app.js:3:4)';

/** Set-up 0 … 10, warm-up 10 … 30, two windows 30 … 40 and 40 … 50. */
function useOf(parts: Parameters<typeof buildGpuLog>[0]) {
  const run = new RunBuilder();
  const owner = run.thread();
  owner.task(0, 50).executes(js, 0, 50).mark('inferscope:gpu:test', 0);
  owner.phase('setup', 0, 10).phase('warm-up:0', 10, 30).phase('iteration:0', 30, 40).phase('iteration:1', 40, 50);
  return analyze(run.input({ gpu: { schema: 'inferscope.gpu/1', realms: [buildGpuLog(parts)] } })).gpu!;
}

test('calls are counted in the phase in which they begin, those of predictions as the mean of a window', () => {
  const { phases } = useOf({
    calls: [
      { name: 'queue.writeBuffer', atMs: 5, tookMs: 2, bytes: 1000 },
      { name: 'queue.submit', atMs: 12, tookMs: 1, count: 7 },
      { name: 'queue.submit', atMs: 31, tookMs: 1, count: 4 },
      { name: 'mapAsync(READ)', atMs: 33, tookMs: 0.1, doneMs: 39, bytes: 64 },
      { name: 'getError', atMs: 42, tookMs: 3 },
    ],
    passes: [
      { call: 1, startUs: 13_000, durationUs: 5000 },
      { call: 2, startUs: 34_000, durationUs: 4000 },
    ],
  });
  expect(phases.setup).toMatchObject({ uploads: 1, uploadBytes: 1000, uploadMs: 2, submissions: 0 });
  expect(phases.warmup).toMatchObject({ submissions: 1, dispatches: 7, passes: 1, deviceMs: 5 });
  expect(phases.predictions).toMatchObject({
    submissions: 0.5,
    dispatches: 2,
    readbacks: 0.5,
    readbackBytes: 32,
    readbackMs: 3,
    roundTrips: 0.5,
    roundTripMs: 1.5,
    deviceMs: 2,
  });
});

test('a program made of the same source again is told from a new one', () => {
  const { programs } = useOf({
    programs: [
      { label: 'conv', characters: 900 },
      { label: '', characters: 30 },
    ],
    calls: [
      { name: 'createShaderModule', atMs: 2, tookMs: 0.5, program: 0, site: SITE },
      { name: 'createShaderModule', atMs: 15, tookMs: 0.5, program: 0, site: SITE },
      { name: 'createComputePipelineAsync', atMs: 16, tookMs: 0.1, doneMs: 26, program: 1 },
      { name: 'createShaderModule', atMs: 35, tookMs: 1, program: 0, site: SITE },
    ],
  });
  expect(programs).toMatchObject({ count: 4, repeated: 2, inPredictions: 1, rowsLeftOut: 0 });
  expect(programs.rows).toMatchObject([
    { call: 'createShaderModule', label: 'conv', characters: 900, count: 3, setup: 1, warmup: 1, predictions: 1, ms: 2 },
    { call: 'createComputePipelineAsync', label: null, characters: null, count: 1, warmup: 1, ms: 10 },
  ]);
});

test('calls of one place in a script are one row, the costliest in predictions first', () => {
  const { calls } = useOf({
    calls: [
      { name: 'readPixels', atMs: 31, tookMs: 4, bytes: 10, site: SITE },
      { name: 'readPixels', atMs: 41, tookMs: 6, bytes: 10, site: SITE },
      { name: 'getError', atMs: 46, tookMs: 1, site: 'other (https://page.example/app.js:9:9)' },
      { name: 'getError', atMs: 2, tookMs: 100, site: 'elsewhere (https://page.example/app.js:1:1)' },
    ],
  });
  expect(calls.map(({ call, site, perPrediction }) => [call, site?.line, perPrediction.ms])).toEqual([
    ['readPixels', 17, 5],
    ['getError', 9, 0.5],
    ['getError', 1, 0],
  ]);
  expect(calls[0]).toMatchObject({ kind: 'readback', count: 2, longestMs: 6, site: { function: 'download', column: 220 } });
});

test('memory is what was made less what was given back', () => {
  const { memory } = useOf({
    calls: [
      { name: 'createBuffer', atMs: 1, tookMs: 0, bytes: 100 },
      { name: 'createBuffer', atMs: 2, tookMs: 0, bytes: 50 },
      { name: 'destroyBuffer', atMs: 3, tookMs: 0, bytes: -100 },
    ],
  });
  expect(memory).toEqual({ peakBytes: 150, heldBytes: 50 });
});

test.each([
  ['SwiftShader Device (Subzero)', null, true],
  ['NVIDIA H100', null, false],
  ['Something', true, true],
] as const)('the device %s is said to be software or not', (description, fallback, software) => {
  const adapter = { api: 'webgpu', vendor: 'v', architecture: 'a', description, fallback, timing: 'none' } as const;
  expect(useOf({ adapters: [adapter, adapter] }).devices).toEqual([
    { api: 'webgpu', vendor: 'v', architecture: 'a', description, timing: 'none', software },
  ]);
});

test('a log whose realm the trace does not hold says nothing', () => {
  const run = new RunBuilder();
  run.thread().task(0, 50).executes(js, 0, 50).phase('iteration:0', 10, 20);
  const realm = buildGpuLog({ clock: { mark: 'inferscope:gpu:another' } });
  expect(analyze(run.input({ gpu: { schema: 'inferscope.gpu/1', realms: [realm] } })).gpu).toBeNull();
});
