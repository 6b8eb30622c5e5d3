import { bundleFiles } from '../../src/bundle/bundleFiles.js';
import { buildAccuracyLog } from '../analyzers/accuracy/buildAccuracyLog.js';
import { buildLadder } from '../analyzers/buildLadder.js';
import { baseline, buildManifest } from '../analyzers/buildManifest.js';
import { js, module, RunBuilder, wasm } from '../analyzers/buildRun.js';
import { buildGpuLog } from '../analyzers/gpu/buildGpuLog.js';
import { buildMemoryLog } from '../analyzers/memory/buildMemoryLog.js';
import { buildNode } from '../analyzers/operators/buildNode.js';
import { buildVideoLog } from '../analyzers/video/buildVideoLog.js';
import { buildPageManifest } from '../bundle/buildPageManifest.js';

/** The events of a run of three predictions with a bit of everything. */
export function eventsOfRun(): object[] {
  const run = new RunBuilder();
  const worker = run.thread().task(0, 70);
  worker.phase('setup', 0, 5).phase('warm-up:0', 5, 10);
  worker.mark('inferscope:gpu:test', 1).mark('inferscope:wasm:test', 1);
  for (let i = 0; i < 3; i++) {
    const at = 10 + 20 * i;
    worker
      .phase(`iteration:${i}`, at, at + 20)
      .executes(js, at, at + 4)
      .executes(wasm('simd128'), at + 4, at + 14);
    worker
      .executes(wasm('scalar'), at + 14, at + 17)
      .executes(wasm('wait'), at + 17, at + 20)
      .slice('MinorGC', at + 1, at + 2);
  }
  const other = run.thread('CrRendererMain').task(12, 15).executes(js, 12, 15);
  other
    .slice('FunctionCall', 12, 14)
    .event({ ph: 'C', cat: 'x', name: 'UpdateCounters', args: { data: { jsHeapSizeUsed: 1 } } }, 13);
  return run.threads.flatMap((thread) => thread.toEvents());
}

const operators = () => ({
  schema: 'inferscope.kernels/1',
  browser: {
    source: 'ORT',
    graph: 'onnx',
    predictionsMs: [20, 20, 20],
    nodes: [buildNode(), buildNode({ name: 'add', operator: 'Add', stretches: { prediction: [0], startMs: [1], ms: [2] } })],
    runs: { first: 1, startMs: [0, 25], ms: [20, 20] },
  },
  native: { source: 'native', graph: 'onnx', predictionsMs: [5, 5, 5], nodes: [buildNode()], runs: null },
  peaks: { threads: 2, instructions: 'simd128', gigaflops: 10, gigabytesPerSecond: 5 },
});

const gpu = () => ({
  schema: 'inferscope.gpu/1',
  realms: [
    {
      ...buildGpuLog({
        calls: [
          { name: 'queue.submit', atMs: 12, tookMs: 1, count: 3, site: 'f (a.js:1:2)', program: 0 },
          { name: 'buffer.mapAsync', atMs: 14, tookMs: 0.1, doneMs: 18, bytes: 400 },
        ],
        passes: [{ call: 0, startUs: 12_000, durationUs: 500 }],
        adapters: [{ api: 'webgpu', vendor: 'v', architecture: 'a', description: 'd', fallback: false, timing: 'timestamps' }],
        programs: [{ label: 'p', characters: 10 }],
      }),
    },
  ],
});

const scheduling = () => ({
  schema: 'inferscope.sched/1',
  source: 'schedstat',
  threads: [{ pid: 1, tid: 10, traceTid: 10, name: 'worker' }],
  samples: { thread: [0, 0, 0], atUs: [0, 30_000, 70_000], ranUs: [0, 20_000, 50_000], waitedUs: [0, 1000, 2000] },
});

const wasmLog = () => ({
  schema: 'inferscope.wasm/1',
  realms: [
    {
      clock: { mark: 'inferscope:wasm:test', atMs: 1, stepMs: 0.1 },
      instances: [{ sha256: module.sha256, atMs: 2, tookMs: 1 }],
      names: ['run'],
      shortOf: [3],
      calls: { instance: [0, 0], name: [0, 0], atMs: [10, 30], tookMs: [10, 10], doneMs: [-1, -1] },
      dropped: 0,
    },
  ],
});

/** The documents of a whole bundle, of a run or of a page, by file. */
export function bundleDocuments(isPage: boolean): Readonly<Record<string, unknown>> {
  const modules = [{ sha256: module.sha256, url: module.url, bytes: module.bytes.length }];
  const collectors = { trace: { outcome: 'done', detail: 'as asked' }, baseline: { outcome: 'done', detail: 'as asked' } };
  const page = buildPageManifest({ modules, recorded: { startUs: 0, endUs: 70_000 } });
  return {
    [bundleFiles.manifest]: isPage ? page : { ...buildManifest({ modules, ladder: buildLadder() }), collectors },
    [bundleFiles.baseline]: baseline,
    [bundleFiles.memory]: buildMemoryLog(),
    [bundleFiles.accuracy]: buildAccuracyLog([{ on: 'worker', speedPxPerS: 60, latencyMs: 50, durationMs: 200 }]),
    [bundleFiles.video]: buildVideoLog({ rounds: [{ on: 'worker', latencyMs: 50 }], isLabelled: (frame) => frame < 20 }),
    [bundleFiles.kernels]: operators(),
    [bundleFiles.gpu]: gpu(),
    [bundleFiles.scheduling]: scheduling(),
    [bundleFiles.wasm]: wasmLog(),
  };
}
