import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Analysis, analyze } from '../../../analyzers/index.js';
import { encodeModel } from '../../../models/onnx/encodeModel.js';
import { OnnxGraph } from '../../../models/onnx/graph.js';
import { convolution } from '../../../models/onnx/layers/convolution.js';
import { loadInput } from '../../../src/loadInput.js';
import { packageRoot } from '../../../src/packageRoot.js';
import { squaringNetwork } from '../steps/slowOperator.js';
import type { PredictionCase } from './prediction.js';

const ITERATIONS = '16';
let runs = 0;

/** @throws Error with what the command said */
export async function collect(folder: string, args: readonly string[]): Promise<Analysis> {
  const bundle = join(folder, `run-${++runs}`);
  const command = [join(packageRoot(), 'dist/cli/bin.js'), 'collect', '--quiet', '--out', bundle, ...args];
  await new Promise<void>((resolve, reject) => {
    const child = spawn(process.execPath, command, { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (text) => {
      said += text;
    });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(said.trim().slice(-400)))));
  });
  return analyze(await loadInput(bundle));
}

const timed = ['--passes', 'timing', '--processes', '1', '--iterations', ITERATIONS];
const predictionMs = ({ latency }: Analysis): number => latency!.prediction!.medianMs;

/**
 * @param asked what is recorded besides where the tool is asked
 * @param before the command's options as it is, and with the change
 */
const runCase = (
  { id, title, step }: Pick<PredictionCase, 'id' | 'title' | 'step'>,
  asked: readonly string[],
  [before, after]: readonly [readonly string[], readonly string[]],
  prepare: (folder: string) => Promise<void> = async () => {},
): PredictionCase => ({
  id,
  title,
  step,
  async open(folder) {
    await prepare(folder);
    const inFolder = (args: readonly string[]): string[] => args.map((arg) => (arg.endsWith('.onnx') ? join(folder, arg) : arg));
    return {
      async before(isAsked) {
        const analysis = isAsked ? await collect(folder, [...inFolder(before), ...asked]) : null;
        return { ms: predictionMs(await collect(folder, [...inFolder(before), ...timed])), analysis };
      },
      after: async () => predictionMs(await collect(folder, [...inFolder(after), ...timed])),
      close: async () => {},
    };
  },
});

const traced = ['--passes', 'timing,trace', '--processes', '1', '--iterations', ITERATIONS];
const profiled = ['--passes', 'timing,trace,operators', '--processes', '1', '--iterations', ITERATIONS];
const climbed = ['--passes', 'timing', '--ladder', '--budget', '45s', '--processes', '1', '--iterations', ITERATIONS];

const CHANNELS = 32;
const SIZE = 56;

/** Convolutions with something after each: what the name says, or what it can be exported as. */
function network(after: (graph: OnnxGraph, value: string, layer: number) => string): Uint8Array {
  const graph = new OnnxGraph('layers', 7, 17);
  let value = graph.input('x', 'float32', [1, CHANNELS, SIZE, SIZE]);
  for (let layer = 0; layer < 4; layer++) {
    value = convolution(graph, value, `layers.${layer}`, { inChannels: CHANNELS, outChannels: CHANNELS, kernel: 3 });
    value = after(graph, value, layer);
  }
  graph.output(value, 'y', 'float32', [1, CHANNELS, SIZE, SIZE]);
  return encodeModel(graph);
}

/** A shuffle of channels, which an exporter can put into the order of the next layer's weights. */
function shuffled(graph: OnnxGraph, value: string, layer: number): string {
  const shape = (name: string, of: readonly number[]): string =>
    graph.constant(`${name}.${layer}`, [of.length], BigInt64Array.from(of, BigInt));
  const split = graph.node('Reshape', [value, shape('split', [1, 4, CHANNELS / 4, SIZE, SIZE])]);
  const turned = graph.node('Transpose', [split], { perm: [0, 2, 1, 3, 4] });
  return graph.node('Reshape', [turned, shape('joined', [1, CHANNELS, SIZE, SIZE])]);
}

const operatorCase = (
  about: Pick<PredictionCase, 'id' | 'title' | 'step'>,
  slow: () => Uint8Array,
  fast: () => Uint8Array,
): PredictionCase => {
  const [before, after] = [`${about.id}.onnx`, `${about.id}-changed.onnx`];
  return runCase(
    about,
    profiled,
    [
      ['--threads', '1', '--model', before],
      ['--threads', '1', '--model', after],
    ],
    async (folder) => {
      await writeFile(join(folder, before), slow());
      await writeFile(join(folder, after), fast());
    },
  );
};

const tfjs = (model: string, simd: 'on' | 'off'): string[] => [
  '--framework',
  'tfjs',
  '--threads',
  '1',
  '--model',
  model,
  '--simd',
  simd,
];
const ort = (model: string, threads: string): string[] => ['--threads', threads, '--model', model];

/** Models in frameworks, run by the command. */
export const modelCases: readonly PredictionCase[] = [
  operatorCase(
    { id: 'pow', title: 'multiplication in place of Pow by a tensor', step: 'operators.elementwise' },
    () => squaringNetwork('pow'),
    () => squaringNetwork('mul'),
  ),
  operatorCase(
    { id: 'root', title: 'Sqrt in place of Pow by a tensor', step: 'operators.elementwise' },
    () =>
      network((graph, value, layer) => {
        const half = graph.constant(`half.${layer}`, [SIZE], new Float32Array(SIZE).fill(0.5));
        return graph.node('Pow', [graph.node('Abs', [value]), half]);
      }),
    () => network((graph, value) => graph.node('Sqrt', [graph.node('Abs', [value])])),
  ),
  operatorCase(
    { id: 'shuffle', title: 'channels in order, and not shuffled', step: 'operators.layout' },
    () => network(shuffled),
    () => network((_, value) => value),
  ),
  ...['mobilenet-v2', 'selfie', 'nsfw-mobilenet-v2'].map((model) =>
    runCase({ id: `simd-${model}`, title: `${model} in TF.js with SIMD`, step: 'build.simd' }, traced, [
      tfjs(model, 'off'),
      tfjs(model, 'on'),
    ]),
  ),
  runCase({ id: 'ladder-simd', title: 'mobilenet-v2 in TF.js with SIMD, after a ladder', step: 'build.simd' }, climbed, [
    tfjs('mobilenet-v2', 'off'),
    tfjs('mobilenet-v2', 'on'),
  ]),
  runCase({ id: 'ladder-threads', title: 'ppocr-det in ORT with two threads, after a ladder', step: 'threads.2' }, climbed, [
    ort('ppocr-det', '1'),
    ort('ppocr-det', '2'),
  ]),
  runCase({ id: 'fewer-threads', title: 'tiny-operators in ORT with one thread', step: 'threads.fewer' }, traced, [
    ort('tiny-operators', '2'),
    ort('tiny-operators', '1'),
  ]),
];
