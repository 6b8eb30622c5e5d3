import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createBundle } from '../../src/bundle/bundleWriter.js';
import { readBundle } from '../../src/bundle/readBundle.js';
import type { WasmLog } from '../../src/bundle/wasmLog.js';
import { loadInput } from '../../src/loadInput.js';
import { buildPageManifest } from './buildPageManifest.js';

const calls = { instance: [0], name: [0], atMs: [5], tookMs: [20], doneMs: [-1] };
const realm = {
  clock: { mark: 'm', atMs: 1, stepMs: 0.005 },
  instances: [{ sha256: null, atMs: 1, tookMs: 2 }],
  names: ['run'],
  calls,
  dropped: 0,
};
const log: WasmLog = { schema: 'inferscope.wasm/1', realms: [realm] };

test('the bundle of a page is read as it was written, and is no harness run', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'inferscope-test-'));
  const writer = await createBundle(folder);
  const manifest = buildPageManifest();
  await writer.manifest(manifest);
  await writer.wasm(log);
  expect(await readBundle(folder)).toMatchObject({ manifest, wasm: log, gpu: null });
  expect(await loadInput(folder)).toMatchObject({ manifest: null, page: manifest, wasm: log });
  await writer.wasm({ ...log, realms: [{ ...realm, calls: { ...calls, name: [] } }] });
  await expect(readBundle(folder)).rejects.toThrow(/wasm\.json.*[\s\S]*columns differ in length/);
});
