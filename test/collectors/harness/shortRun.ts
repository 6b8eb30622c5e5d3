import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CollectOptions } from '../../../collectors/collectOptions.js';
import { collectRun, type RunResult } from '../../../collectors/collectRun.js';
import { type FrameworkId, frameworks } from '../../../collectors/frameworks.js';
import type { PassName } from '../../../collectors/passes.js';
import { silent } from '../../../collectors/progress.js';
import { modelFeeds } from '../../../models/modelFeeds.js';
import { encodeModel } from '../../../models/onnx/encodeModel.js';
import { OnnxGraph } from '../../../models/onnx/graph.js';
import { resolveModel } from '../../../models/resolveModel.js';
import { temporaryFolder } from '../../models/temporaryFolder.js';

/** An ONNX file with a chain of operators, each behind an addition, on 1024 numbers. */
export async function onnxChain(operators: readonly string[]): Promise<string> {
  const graph = new OnnxGraph('chain', 1, 17);
  let value = graph.input('x', 'float32', [1, 1024]);
  for (const operator of operators) {
    value = graph.node(operator, [graph.node('Add', [value, graph.weight(`${operator}.bias`, [1024], 1)])]);
  }
  graph.output(value, 'y', 'float32', [1, 1024]);
  const path = join(await temporaryFolder(), 'chain.onnx');
  await writeFile(path, encodeModel(graph));
  return path;
}

/** A TF.js graph model that applies one operator to [1, width] numbers. */
export async function tfjsOperator(op: string, width: number, attr: Record<string, unknown> = {}): Promise<string> {
  const folder = await temporaryFolder();
  const path = join(folder, 'model.json');
  const dim = [{ size: '1' }, { size: String(width) }];
  const model = {
    format: 'graph-model',
    signature: {
      inputs: { x: { name: 'x:0', dtype: 'DT_FLOAT', tensorShape: { dim } } },
      outputs: { y: { name: 'y:0', dtype: 'DT_FLOAT' } },
    },
    modelTopology: {
      node: [
        { name: 'x', op: 'Placeholder', attr: { dtype: { type: 'DT_FLOAT' } } },
        { name: 'axis', op: 'Const', attr: { dtype: { type: 'DT_INT32' } } },
        { name: 'y', op, input: op === 'UniqueV2' ? ['x', 'axis'] : ['x'], attr },
      ],
      versions: { producer: 1 },
    },
    weightsManifest: [{ paths: ['weights.bin'], weights: [{ name: 'axis', shape: [1], dtype: 'int32' }] }],
  };
  await writeFile(path, JSON.stringify(model));
  await writeFile(join(folder, 'weights.bin'), new Uint8Array(Int32Array.of(1).buffer));
  return path;
}

interface ShortRunOptions {
  /** Natively too, by the same file. */
  readonly natively?: boolean;
  /** Predictions of a pass; default: 2. */
  readonly iterations?: number;
}

/** A short run of a model in one process, with no other passes than these. */
export async function shortRun(
  framework: FrameworkId,
  backend: string,
  modelPath: string,
  passes: readonly PassName[],
  { natively = false, iterations = 2 }: ShortRunOptions = {},
): Promise<RunResult & { folder: string }> {
  const cacheFolder = await temporaryFolder();
  const model = await resolveModel(modelPath, { cacheFolder, format: frameworks[framework].format });
  const { inputs } = modelFeeds(model, [], 1);
  const options: CollectOptions = {
    folder: join(cacheFolder, 'bundle'),
    toolVersion: 'test',
    model,
    inputs,
    baseline: natively ? { path: modelPath, inputs, twin: false } : null,
    framework,
    backend,
    on: 'worker',
    threads: 1,
    simd: null,
    isolated: true,
    iterations,
    seed: 1,
    passes,
    processes: 1,
    qoe: null,
    ladder: null,
  };
  return { ...(await collectRun(options, silent, new AbortController().signal)), folder: options.folder };
}
