import { describe, expect, test } from 'vitest';
import { CollectError } from '../../collectors/collectError.js';
import { explainFailure } from '../../collectors/explainFailure.js';
import { HarnessError, type HarnessFailure } from '../../collectors/harness/failure.js';
import { buildManifest } from '../analyzers/buildManifest.js';

const run = (webgl: 'hardware' | 'off') => {
  const { workload, browser } = buildManifest();
  return { workload: { ...workload, backend: 'webgpu' }, browser: { ...browser!, gpu: 'A card', driver: 'Maker 1.2', webgl } };
};
const said = (failure: HarnessFailure, webgl: 'hardware' | 'off' = 'hardware') =>
  explainFailure(new HarnessError('its words', failure, 'a prediction'), run(webgl));

describe('a failure whose cause is known', () => {
  test('a lost device: what the browser says, and what of the GPU', () => {
    expect(said({ kind: 'lost', api: 'webgpu', reason: 'Device reset.' })).toBe(
      'The WebGPU device was lost during a prediction of model (the browser says: Device reset.): its GPU process ended, the driver was reset, or memory ran out. Run it again; if that repeats, try smaller inputs, --backend wasm or --backend webgl, or a newer driver.\n  The browser’s GPU process says: A card; driver Maker 1.2; WebGL: hardware.',
    );
  });

  test('no backend is advised that the browser has switched off', () => {
    expect(said({ kind: 'no-device', api: 'webgpu' }, 'off')).toContain('Try --backend wasm, a newer graphics driver');
    expect(said({ kind: 'operator', operator: 'X', runsOn: ['webgl'] }, 'off')).toContain(
      'Its webgl backend has it, but this browser has that switched off',
    );
  });

  test('a buffer too large: what to try, and the framework’s own words', () => {
    expect(said({ kind: 'too-large', api: 'webgpu' })).toMatch(
      /^model needs more memory, or a larger buffer, than WebGPU gives.*--input.*\n {2}onnxruntime-web said: its words$/,
    );
  });
});

test('Wasm’s memory is full: what was asked for, what the model was fed with, and what to try', () => {
  const { workload, browser } = run('hardware');
  const failure: HarnessFailure = { kind: 'wasm-memory', askedBytes: 3 * 2 ** 30 };
  const text = explainFailure(new HarnessError('std::bad_alloc', failure, 'the warm-up'), {
    workload: {
      ...workload,
      backend: 'wasm',
      inputs: [{ name: 'x', type: 'float32', shape: [1, 3, 8, 8] }],
    },
    browser,
  });
  expect(text).toMatch(
    /ran out of Wasm’s memory, 4 GiB at most, during the warm-up of model \(it asked for 3072\.0 MiB at once\)/,
  );
  expect(text).toContain('which was fed with x=1x3x8x8. Try smaller inputs (--input)');
  expect(text).toMatch(/or --backend webgl or --backend webgpu\.\n {2}onnxruntime-web said: std::bad_alloc$/);
});

test('of other failures, what they say themselves', () => {
  expect(explainFailure(new CollectError('The page crashed.'), run('hardware'))).toBe('The page crashed.');
});
