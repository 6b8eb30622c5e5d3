import type { AnalyzerInput } from '../../analyzers/input.js';
import type { Manifest } from '../../src/bundle/manifest.js';
import type { OperatorLog } from '../../src/bundle/operatorLog.js';
import type { PageManifest } from '../../src/bundle/pageManifest.js';
import { baseline, buildManifest } from '../analyzers/buildManifest.js';
import { type Frame, RunBuilder, wasm } from '../analyzers/buildRun.js';
import { buildNode } from '../analyzers/operators/buildNode.js';
import { profiledTrace } from '../analyzers/profiledTrace.js';
import { buildPageManifest } from '../bundle/buildPageManifest.js';

const PREDICTIONS = 12;

/** Twelve predictions of 60 ms in a worker, in the end of each of which the thread has no core for so long. */
export function plantedRun(
  preemptedMs = 0,
  parts: Partial<AnalyzerInput> = {},
  kind: Parameters<typeof wasm>[0] = 'simd128',
): AnalyzerInput {
  const run = new RunBuilder();
  const worker = run.thread();
  for (let i = 0; i < PREDICTIONS; i++) {
    const startMs = 100 * i;
    worker
      .executes(wasm(kind), startMs, startMs + 60)
      .preempted(startMs + 60 - preemptedMs, startMs + 60)
      .task(startMs, startMs + 60)
      .phase(`iteration:${i}`, startMs, startMs + 60);
  }
  return run.input({ manifest: buildManifest(), baseline, ...parts });
}

/** Four processes that take 60 ms times the factor, and native 20: as sound as a run can be. */
export function timedRun(factor: number, threadsAsked = 2): AnalyzerInput {
  const built = buildManifest();
  const rounds: Manifest['timingPass']['rounds'] = [1, 1.01, 0.99, 1.005].map((noise, replicate) => ({
    ...built.timingPass.rounds[0]!,
    replicate,
    browserMs: [60 * factor * noise, 60 * factor * noise],
    nativeMs: [20 * noise, 20 * noise],
  }));
  const manifest = {
    ...built,
    workload: { ...built.workload, threadsAsked },
    framework: { ...built.framework!, threads: threadsAsked },
    timingPass: { ...built.timingPass, rounds },
  };
  return plantedRun(0, { manifest });
}

const image = [1, 32, 56, 56];
const stretches = (startMs: number, ms: number) => ({ prediction: [0, 1], startMs: [startMs, startMs + 100], ms: [ms, ms] });

/** A depthwise convolution that takes 30 of 31 ms in a scalar function, and two others that are fast; native takes 2 ms. */
export function slowOperator(): AnalyzerInput {
  const node = (name: string, weights: number[], startMs: number, ms: number) =>
    buildNode({ name, inputs: [image, weights], outputs: [image], hostMs: [ms, ms], stretches: stretches(startMs, ms) });
  const nodes = [
    node('slow_dw', [32, 1, 3, 3], 0, 30),
    node('pw_a', [32, 32, 1, 1], 30, 0.5),
    node('pw_b', [32, 32, 1, 1], 30.5, 0.5),
  ];
  const kernels: OperatorLog = {
    schema: 'inferscope.kernels/1',
    browser: {
      source: 'a runtime',
      graph: 'onnx',
      predictionsMs: [40, 40],
      nodes,
      runs: { first: 0, startMs: [0, 100], ms: [31, 31] },
    },
    native: {
      source: 'native',
      graph: 'onnx',
      predictionsMs: [3],
      nodes: nodes.map((each, i) => ({ ...each, hostMs: [i === 0 ? 2 : 0.25], stretches: null })),
      runs: null,
    },
    peaks: { threads: 1, instructions: 'simd128', gigaflops: 40, gigabytesPerSecond: 20 },
  };
  return plantedRun(0, { kernels, operatorTrace: profiledTrace() }, 'scalar');
}

export const rank: Frame = { functionName: 'rank', url: 'https://page.example/worker.js?v=2', codeType: 'JS', lineNumber: 6 };

/** Ten inferences of a page after the first, each 60 ms of Wasm and then 30 of a function of its own. */
export function slowScript(own: Frame = rank, parts: Partial<PageManifest> = {}): AnalyzerInput {
  const run = new RunBuilder();
  const worker = run.thread();
  for (let i = 0; i < 11; i++) {
    const startMs = 1000 + 200 * i;
    worker
      .task(startMs, startMs + 90)
      .measure('detect', startMs, startMs + 90)
      .executes(wasm('simd128'), startMs, startMs + 60)
      .executes(own, startMs + 60, startMs + 90);
  }
  return run.input({ page: buildPageManifest(parts), mark: 'detect' });
}

/** A page that threw before it inferred. */
export function brokenPage(): AnalyzerInput {
  const state: PageManifest['state'] = {
    crossOriginIsolated: false,
    hardwareConcurrency: 4,
    openerPolicy: null,
    embedderPolicy: null,
    messages: [
      { kind: 'exception', text: 'TypeError: model is undefined', url: 'https://page.example/main.js', line: 41, count: 1 },
    ],
  };
  const run = new RunBuilder();
  run.thread('CrRendererMain').task(0, 5);
  return run.input({ page: buildPageManifest({ state }) });
}
