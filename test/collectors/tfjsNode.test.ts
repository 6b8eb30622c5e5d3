import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { analyze } from '../../analyzers/index.js';
import type { CollectOptions } from '../../collectors/collectOptions.js';
import { collectRun } from '../../collectors/collectRun.js';
import { silent } from '../../collectors/progress.js';
import type { Model, ModelFile } from '../../models/model.js';
import { modelFeeds } from '../../models/modelFeeds.js';
import { resolveModel } from '../../models/resolveModel.js';
import { tinyOperators } from '../../models/tinyOperators.js';
import { findPackage } from '../../src/findPackage.js';
import { loadInput } from '../../src/loadInput.js';
import { temporaryFolder } from '../models/temporaryFolder.js';
import { projectWithTfjsNode, STAND_IN } from './baseline/fakeTfjsNode.js';
import { tfjsOperator } from './harness/shortRun.js';

/** A short run of a TF.js model by a user who stands in this project. */
async function recorded(project: string, model: ModelFile, changes: Partial<CollectOptions> = {}) {
  const cwd = vi.spyOn(process, 'cwd').mockReturnValue(project);
  onTestFinished(() => cwd.mockRestore());
  const folder = join(await temporaryFolder(), 'bundle');
  const told: string[] = [];
  const options: CollectOptions = {
    folder,
    toolVersion: 'test',
    model,
    ...modelFeeds(model, [], 1),
    framework: 'tfjs',
    backend: 'wasm',
    on: 'worker',
    threads: 1,
    simd: true,
    isolated: true,
    iterations: 4,
    seed: 1,
    passes: ['timing'],
    // What is said once is said of the first alone.
    processes: 2,
    qoe: null,
    ladder: null,
    ...changes,
  };
  const result = await collectRun(options, { ...silent, note: (text) => void told.push(text) }, new AbortController().signal);
  expect(result).toMatchObject({ status: 'complete', reason: null });
  const input = await loadInput(folder);
  const notes = told.filter((text) => !text.startsWith('Running as root'));
  return { manifest: input.manifest!, baseline: input.baseline, analysis: analyze(input), told: notes };
}

const written = async (model: Model) => model.write(await temporaryFolder(), 'tfjs');
const ofOneOperator = async (operator: string) =>
  resolveModel(await tfjsOperator(operator, 64), { cacheFolder: await temporaryFolder(), format: 'tfjs' });

test('beside an ONNX twin tfjs-node is a third in turn, and its ratio stands beside the gap', async () => {
  const { manifest, baseline, analysis } = await recorded(await projectWithTfjsNode(), await written(tinyOperators), {
    processes: 1,
  });
  const { rounds, setups } = manifest.timingPass;
  expect(manifest.collectors.tfjsNode).toEqual({ outcome: 'done', detail: 'tfjs-node 4.22.0, CPU' });
  expect(rounds.length).toBeGreaterThan(0);
  for (const { browserMs, nativeMs, tfjsNodeMs } of rounds) {
    expect([nativeMs.length, tfjsNodeMs?.length]).toEqual([browserMs.length, browserMs.length]);
  }
  for (const { tfjsNodeSetupMs, tfjsNodeWarmupMs } of setups) {
    expect(tfjsNodeSetupMs).toBeGreaterThan(0);
    expect(tfjsNodeWarmupMs).toBeGreaterThan(0);
  }
  expect(baseline!.runtime).toMatch(/^ONNX twin, onnxruntime-node/);
  expect(analysis.gap!.baseline).toMatch(/^ONNX twin, onnxruntime-node/);
  const [other, ...more] = analysis.gap!.others;
  expect(more).toEqual([]);
  expect(other).toMatchObject({ baseline: 'tfjs-node 4.22.0, CPU, given 1 thread' });
  expect(other!.ratio).toBeGreaterThan(0);
  expect(analysis.notes.map(({ id }) => id)).toEqual(expect.arrayContaining(['twin-baseline', 'tfjs-node-threads']));
});

test('of a model without an ONNX form tfjs-node is the baseline of the gap, and the outputs are compared with it', async () => {
  const { manifest, baseline, analysis, told } = await recorded(await projectWithTfjsNode(), await ofOneOperator('Sigmoid'), {
    processes: 1,
  });
  expect(told).toEqual([]);
  expect(baseline).toMatchObject({ runtime: 'tfjs-node 4.22.0, CPU', library: 'tensorflow', provider: 'cpu', threads: 1 });
  expect(manifest.collectors.baseline).toEqual(manifest.collectors.tfjsNode);
  expect(manifest.outputs).toMatchObject({ match: true, outputs: [{ name: 'y', shape: [1, 64], problem: null }] });
  expect(analysis.gap).toMatchObject({ baseline: 'tfjs-node 4.22.0, CPU, given 1 thread', others: [] });
  const ids = analysis.notes.map(({ id }) => id);
  expect(ids).not.toContain('twin-baseline');
  expect(ids).not.toContain('no-baseline');
});

describe.skipIf(findPackage('@tensorflow/tfjs-node', [import.meta.url]) !== null)(
  'without tfjs-node (skipped where it is installed)',
  () => {
    const LINE = expect.stringMatching(/^No native TF\.js: .* not installed\. Run "npm install [^"]*" .*$/);

    test('a run says so in one line, and is as before', async () => {
      const { manifest, analysis, told } = await recorded(await temporaryFolder(), await written(tinyOperators));
      expect(told).toEqual([LINE]);
      expect(manifest.collectors.tfjsNode).toEqual({ outcome: 'unavailable', detail: LINE });
      expect(analysis.notes.filter(({ id }) => id.includes('tfjs'))).toHaveLength(1);
      expect(manifest.collectors.baseline).toMatchObject({ outcome: 'done' });
      for (const round of manifest.timingPass.rounds) expect(round).not.toHaveProperty('tfjsNodeMs');
      for (const setup of manifest.timingPass.setups) expect(setup).not.toHaveProperty('tfjsNodeSetupMs');
      expect(manifest.outputs).toMatchObject({ match: true });
      expect(analysis.gap).toMatchObject({ others: [] });
    });

    test('a model without an ONNX form has no baseline, and the run says so', { tags: ['slow'] }, async () => {
      const { manifest, baseline, analysis, told } = await recorded(await temporaryFolder(), await ofOneOperator('Sigmoid'));
      expect(told).toEqual([LINE, expect.stringMatching(/^No native baseline: .* has no ONNX form/)]);
      expect([baseline, analysis.gap, manifest.outputs]).toEqual([null, null, null]);
    });
  },
);

test('a tfjs-node that does not load is told in one line, with the first of its own', async () => {
  const project = await projectWithTfjsNode("throw new Error('tfjs_binding.node can not be found\\nand more')");
  const { manifest, analysis, told } = await recorded(project, await written(tinyOperators), { processes: 1 });
  const line = expect.stringMatching(/does not load \(tfjs_binding\.node can not be found\)\. Run "npm rebuild .*$/);
  expect(told).toEqual([line]);
  expect(manifest.collectors.tfjsNode).toEqual({ outcome: 'unavailable', detail: line });
  expect(analysis.gap!.others).toEqual([]);
});

test('a tfjs-node that ends while it runs is left out, and the run goes on', { tags: ['slow'] }, async () => {
  const project = await projectWithTfjsNode(`${STAND_IN}
    let calls = 0;
    const { tensor } = module.exports;
    module.exports.tensor = (...given) => (++calls > 4 ? process.exit(3) : tensor(...given));`);
  const { manifest, analysis, told } = await recorded(project, await written(tinyOperators));
  expect(told).toEqual([expect.stringMatching(/^Native TF\.js was left out: The process of tfjs-node ended with exit code 3\./)]);
  expect(manifest.collectors.tfjsNode).toMatchObject({ outcome: 'failed', detail: told[0] });
  expect(manifest.timingPass.setups).toHaveLength(2);
  expect(analysis.gap!.others).toEqual([]);
});
