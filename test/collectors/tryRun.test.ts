import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { tryRun } from '../../collectors/tryRun.js';
import { modelFeeds } from '../../models/modelFeeds.js';
import { resolveModel } from '../../models/resolveModel.js';
import { temporaryFolder } from '../models/temporaryFolder.js';

/** A user's own layers model, of a layer with four weights and a bias. */
async function layersModel(kind: string, weights: readonly number[]) {
  const folder = await temporaryFolder();
  const path = join(folder, 'model.json');
  const config = { name: 'only', batch_input_shape: [null, 2], units: 2, use_bias: false };
  const content = {
    format: 'layers-model',
    modelTopology: { class_name: 'Sequential', config: { name: 'net', layers: [{ class_name: kind, config }] } },
    weightsManifest: [{ paths: ['weights.bin'], weights: [{ name: 'only/kernel', shape: [2, 2], dtype: 'float32' }] }],
  };
  await writeFile(path, JSON.stringify(content));
  await writeFile(join(folder, 'weights.bin'), new Uint8Array(Float32Array.from(weights).buffer));
  return workload(path);
}

async function workload(path: string) {
  const model = await resolveModel(path, { cacheFolder: dirname(path) });
  const { inputs } = modelFeeds(model, [], 1);
  const signal = new AbortController().signal;
  return { model, inputs, framework: 'tfjs', backend: 'wasm', threads: 1, software: true, limitMs: 120_000, signal } as const;
}

/** A chain of layers, each with its weights in a file of its own that no connection's buffer holds. */
async function manyFiles(count: number) {
  const width = 640;
  const folder = await temporaryFolder();
  const path = join(folder, 'model.json');
  const names = Array.from({ length: count }, (_, i) => `layer${i}`);
  const content = {
    format: 'layers-model',
    modelTopology: {
      class_name: 'Sequential',
      config: names.map((name, i) => ({
        class_name: 'Dense',
        config: { name, units: width, use_bias: false, ...(i === 0 && { batch_input_shape: [null, width] }) },
      })),
    },
    weightsManifest: names.map((name) => ({
      paths: [`${name}.bin`],
      weights: [{ name: `${name}/kernel`, shape: [width, width], dtype: 'float32' }],
    })),
  };
  await writeFile(path, JSON.stringify(content));
  for (const name of names) await writeFile(join(folder, `${name}.bin`), new Uint8Array(4 * width * width));
  return workload(path);
}

const RUNS = { outcome: 'runs', reason: null };

test('a layers model of TF.js runs in the page', async () => {
  expect(await tryRun(await layersModel('Dense', [1, 2, 3, 4]))).toEqual(RUNS);
});

test('more weights files than a browser opens connections are all loaded', async () => {
  expect(await tryRun(await manyFiles(8))).toEqual(RUNS);
});

test('a layer that only its makers know is named', async () => {
  expect(await tryRun(await layersModel('PixelShuffle2x', [1, 2, 3, 4]))).toEqual({
    outcome: 'fails',
    reason: 'lacks the operator PixelShuffle2x',
  });
});

test('outputs that are no numbers are a failure', async () => {
  expect(await tryRun(await layersModel('Dense', [1, Number.NaN, 3, 4]))).toEqual({
    outcome: 'fails',
    reason: 'its output "only" holds NaN or an infinity',
  });
});

test('what takes longer than its limit is given up, which is no failure', async () => {
  expect(await tryRun({ ...(await layersModel('Dense', [1, 2, 3, 4])), limitMs: 1 })).toEqual({
    outcome: 'unfinished',
    reason: 'not done within 0.001 s',
  });
});

test('what was stopped is no result', async () => {
  const options = await layersModel('Dense', [1, 2, 3, 4]);
  await expect(tryRun({ ...options, signal: AbortSignal.abort() })).rejects.toThrow('Stopped');
});
