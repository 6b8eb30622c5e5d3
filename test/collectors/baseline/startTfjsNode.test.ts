import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { BaselineError } from '../../../collectors/baseline/childProcess.js';
import { compareOutputs } from '../../../collectors/baseline/compareOutputs.js';
import { startNativeBaseline } from '../../../collectors/baseline/startNativeBaseline.js';
import { startTfjsNode, type TfjsNodeOptions, TfjsNodeUnavailable } from '../../../collectors/baseline/startTfjsNode.js';
import { mobilenetV2 } from '../../../models/mobilenetV2.js';
import { modelFeeds } from '../../../models/modelFeeds.js';
import { seededInput } from '../../../models/seededInput.js';
import { temporaryFolder } from '../../models/temporaryFolder.js';
import { tfjsOperator } from '../harness/shortRun.js';
import { projectWithTfjsNode } from './fakeTfjsNode.js';

/** One input of the models of a single operator. */
const X = { name: 'x', type: 'float32', shape: [1, 64] } as const;

async function start(project: string, modelPath: string, options: Partial<TfjsNodeOptions> = {}) {
  const inputs = [{ spec: X, bytes: seededInput(X, 1) }];
  const places = [join(project, 'package.json')];
  const started = await startTfjsNode({ modelPath, inputs, threads: 1, places, ...options });
  onTestFinished(() => started.close());
  return started;
}

test('a graph model is set up, warmed up and run, and a second setup starts afresh', async () => {
  const native = await start(await projectWithTfjsNode(), await tfjsOperator('Relu', 64));
  expect(native.version).toBe('4.22.0');
  await expect(native.predict(1)).rejects.toThrow('setup was not called');
  expect(await native.setup()).toBeGreaterThan(0);
  expect(await native.warmup()).toBeGreaterThan(0);
  expect(await native.predict(3)).toHaveLength(3);
  const before = await native.outputs();
  expect(before).toMatchObject([{ name: 'y', type: 'float32', shape: [1, 64] }]);
  await native.setup();
  await expect(native.outputs()).rejects.toThrow('no iteration has run yet');
  await native.warmup();
  expect(await native.outputs()).toEqual(before);
});

test('a network computes what its ONNX twin does', async () => {
  const model = await mobilenetV2.write(await temporaryFolder(), 'tfjs');
  const { inputs, baseline } = modelFeeds(model, [], 1);
  const native = await start(await projectWithTfjsNode(), model.path, { inputs });
  const twin = await startNativeBaseline({ modelPath: baseline!.path, inputs: baseline!.inputs, threads: 1 });
  onTestFinished(() => twin.close());
  for (const each of [native, twin]) {
    await each.setup();
    await each.warmup();
  }
  expect(compareOutputs(await native.outputs(), await twin.outputs())).toMatchObject({
    match: true,
    outputs: [{ name: 'logits' }],
  });
});

test('TensorFlow is told of the threads before it starts', async () => {
  const told = `
    const { TF_NUM_INTRAOP_THREADS, TF_NUM_INTEROP_THREADS, OMP_NUM_THREADS } = process.env;
    throw new Error([TF_NUM_INTRAOP_THREADS, TF_NUM_INTEROP_THREADS, OMP_NUM_THREADS].join(' '));`;
  await expect(start(await projectWithTfjsNode(told), await tfjsOperator('Relu', 64), { threads: 3 })).rejects.toThrow('(3 1 3)');
});

test('a package that is not installed is a lack, in one line with what to do', async () => {
  const error = await start(await temporaryFolder(), await tfjsOperator('Relu', 64)).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(TfjsNodeUnavailable);
  expect((error as Error).message).toBe(
    'No native TF.js: @tensorflow/tfjs-node is not installed. Run "npm install -D @tensorflow/tfjs-node" to have it.',
  );
});

/** As tfjs-node does where its binding was not downloaded. */
const nativePartMissing =
  "throw new Error('The Node.js native addon module (tfjs_binding.node) can not be found at path: /x.\\nPlease run: a second line')";

test.each([
  [
    'whose native part is missing',
    nativePartMissing,
    'The Node.js native addon module (tfjs_binding.node) can not be found at path: /x.',
  ],
  ['that crashes as it loads', "console.error('Illegal instruction'); process.exit(132)", 'exit code 132'],
  ['that computes elsewhere', "module.exports = { ready() {}, getBackend: () => 'cpu' }", 'TF.js’s cpu backend instead'],
])('a package %s is a lack, in one line with the first of its own', async (_, script, said) => {
  const error = await start(await projectWithTfjsNode(script), await tfjsOperator('Relu', 64)).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(TfjsNodeUnavailable);
  const { message } = error as Error;
  expect(message).toContain('@tensorflow/tfjs-node is installed but does not load (');
  expect(message).toContain(said);
  expect(message).toMatch(/Run "npm rebuild @tensorflow\/tfjs-node" to mend it\.$/);
  expect(message).not.toMatch(/\n|second line/);
});

test('a model that it cannot run is an error that names it', async () => {
  const native = await start(await projectWithTfjsNode(), await tfjsOperator('NoSuchOperator', 64));
  await native.setup();
  const error = await native.warmup().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(BaselineError);
  expect((error as Error).message).toMatch(/^The model failed in tfjs-node: .*NoSuchOperator/s);
});
