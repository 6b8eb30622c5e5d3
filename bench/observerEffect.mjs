import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { median } from 'simple-statistics';
import { openWorkload } from './openWorkload.mjs';

// What recording costs a prediction: its latency under the recording of the trace pass, against its latency with nothing recording.
//     npm run bench -- observerEffect [--pairs 5] [--predictions 30] [--settle 5]
//     npm run bench -- observerEffect --framework tfjs --backend webgl --model mobilenet-v2 [--threads 1] [--parts hook,trace,samples]
// Every pair is two fresh browser contexts, one after the other, now the one first and now the other, so that a drift of the machine
// weighs on both. Wants a quiet machine. Without a framework: those of the Wasm backends, of which the first counts and the others are
// for information. --settle: predictions before those that count. --parts: what of the recording is switched on, to see which part
// costs; of a Wasm backend there is no hook.

const cases = [
  { framework: 'ort', model: 'ppocr-det', threads: 1 },
  { framework: 'ort', model: 'ppocr-det', threads: 2 },
  { framework: 'tfjs', model: 'mobilenet-v2', threads: 1 },
  { framework: 'tfjs', model: 'mobilenet-v2', threads: 2 },
];
const allParts = ['hook', 'trace', 'samples'];

const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '5' },
    predictions: { type: 'string', default: '30' },
    settle: { type: 'string', default: '5' },
    framework: { type: 'string' },
    backend: { type: 'string', default: 'wasm' },
    model: { type: 'string', default: 'mobilenet-v2' },
    threads: { type: 'string', default: '1' },
    parts: { type: 'string', default: allParts.join() },
  },
});
const pairs = Number(values.pairs);
const predictions = Number(values.predictions);
const parts = new Set(values.parts.split(','));
const unknown = [...parts].find((part) => !allParts.includes(part));
if (unknown !== undefined) throw new Error(`There is no part "${unknown}"; there are ${allParts.join(', ')}.`);
const { recordRun } = await import('../dist/collectors/recordRun.js');
const { recordTrace } = await import('../dist/collectors/chromeTrace/recordTrace.js');
const { profileThreads } = await import('../dist/collectors/cpuProfile/profileThreads.js');
const { isGpuBackend } = await import('../dist/collectors/frameworks.js');
const { bootstrapInterval } = await import('../dist/src/stats/bootstrap.js');
const folder = await mkdtemp(join(tmpdir(), 'inferscope-bench-'));
const { framework, backend, model } = values;
const chosen = framework ? [{ framework, backend, model, threads: Number(values.threads) }] : cases;
try {
  for (const choice of chosen) await measureCase(choice);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function measureCase(choice) {
  const opened = await openWorkload(choice);
  try {
    const ratios = [];
    const unrecorded = [];
    for (let pair = 0; pair < pairs; pair++) {
      const ms = {};
      for (const recorded of pair % 2 === 0 ? [false, true] : [true, false]) ms[recorded] = await latencyMs(opened, recorded);
      ratios.push(ms.true / ms.false);
      unrecorded.push(ms.false);
    }
    const [low, high] = bootstrapInterval([ratios.map((ratio) => [ratio])], median);
    const each = ratios.map((ratio) => ratio.toFixed(3)).join(' ');
    console.log(
      `${nameOf(choice).padEnd(32)} × ${median(ratios).toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]  (${each}; unrecorded ${median(unrecorded).toFixed(1)} ms; load ${loadavg()[0].toFixed(1)})`,
    );
  } finally {
    await opened.close();
  }
}

function nameOf({ framework, backend = 'wasm', model, threads }) {
  const of = backend === 'wasm' ? `${threads} thread${threads === 1 ? '' : 's'}` : backend;
  const only = parts.size < allParts.length ? `, only ${[...parts].join(' and ')}` : '';
  return `${framework}, ${model}, ${of}${only}`;
}

/** Median latency of the predictions in a fresh context. */
async function latencyMs({ openHarness, workload }, recorded) {
  const usesGpu = isGpuBackend(workload.backend);
  const session = await openHarness();
  try {
    const recording = recorded ? await record(session.cdp, usesGpu) : null;
    await session.open('worker', { ...workload, recordGpu: recorded && usesGpu && parts.has('hook') });
    await session.setup();
    await session.warmup();
    // The optimizing compiler is still at work during the first ones.
    await session.predict(Number(values.settle));
    const ms = await session.predict(predictions);
    await recording?.stop(join(folder, 'trace.json.gz'), []);
    return median([...ms]);
  } finally {
    await session.close();
  }
}

async function record(cdp, usesGpu) {
  if (parts.has('trace') && parts.has('samples')) return recordRun(cdp, usesGpu);
  if (parts.has('trace')) return recordTrace(cdp, usesGpu);
  return parts.has('samples') ? profileThreads(cdp) : null;
}
