import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { median } from 'simple-statistics';
import { openWorkload } from './openWorkload.mjs';

// What recording costs a prediction: its latency under the recording of the trace pass, against its latency with nothing recording.
//     npm run bench -- observerEffect [--pairs 5] [--rounds 2] [--predictions 30] [--settle 5]
//     npm run bench -- observerEffect --framework tfjs --backend webgl --model mobilenet-v2 [--threads 1] [--parts hook,trace,samples]
// Every pair is two fresh browser contexts, one after the other, now the one first and now the other, so that a drift of the machine
// weighs on both. Of a GPU backend, whose warm-up takes long, two contexts stay for a round of pairs, and recording begins and ends
// with each turn; the next round opens two others, in the other order. Besides, it tells the core time of the page and of the GPU process's main thread (Linux), on which other programs weigh less.
// Wants a quiet machine. Without a framework: those of the Wasm backends, of which the first counts and the others are for information.
// --rounds: of a GPU backend. --settle: predictions before those that count. --parts: what of the recording is switched on, to see which part costs; of a Wasm
// backend there is no hook.

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
    rounds: { type: 'string', default: '2' },
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
const rounds = Number(values.rounds);
const predictions = Number(values.predictions);
const settle = Number(values.settle);
const parts = new Set(values.parts.split(','));
const unknown = [...parts].find((part) => !allParts.includes(part));
if (unknown !== undefined) throw new Error(`There is no part "${unknown}"; there are ${allParts.join(', ')}.`);
const { browserProcesses } = await import('../dist/collectors/browser/processes.js');
const { recordRun } = await import('../dist/collectors/recordRun.js');
const { recordTrace } = await import('../dist/collectors/chromeTrace/recordTrace.js');
const { profileThreads, samplingIntervalUs } = await import('../dist/collectors/cpuProfile/profileThreads.js');
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
  const onGpu = isGpuBackend(opened.workload.backend);
  try {
    const ratios = [];
    const cores = [];
    const unrecorded = [];
    // As in a run: the first turn of all is an unrecorded one.
    let latencyMs = 0;
    for (let round = 0; round < (onGpu ? rounds : 1); round++) {
      const orderOf = (index) => ((round + index) % 2 === 0 ? [false, true] : [true, false]);
      const kept = onGpu ? await keptContexts(opened, orderOf(0)) : null;
      const turn = kept?.turn ?? ((...of) => freshContext(opened, ...of));
      try {
        for (let pair = 0; pair < pairs; pair++) {
          const taken = {};
          for (const recorded of orderOf(pair)) {
            taken[recorded] = await turn(recorded, samplingIntervalUs(latencyMs));
            if (!recorded) latencyMs = taken[recorded].ms;
          }
          ratios.push(taken.true.ms / taken.false.ms);
          if (taken.true.coreMs) cores.push(taken.true.coreMs / taken.false.coreMs);
          unrecorded.push(taken.false);
        }
      } finally {
        await kept?.close();
      }
    }
    const each = ratios.map((ratio) => ratio.toFixed(3)).join(' ');
    const ms = median(unrecorded.map((taken) => taken.ms)).toFixed(1);
    console.log(
      `${nameOf(choice).padEnd(32)} × ${withInterval(ratios)}  (${each}; unrecorded ${ms} ms; load ${loadavg()[0].toFixed(1)})`,
    );
    if (cores.length > 0) {
      const coreMs = median(unrecorded.map((taken) => taken.coreMs)).toFixed(2);
      console.log(`${'  core time'.padEnd(32)} × ${withInterval(cores)}  (unrecorded ${coreMs} ms)`);
    }
  } finally {
    await opened.close();
  }
}

function withInterval(ratios) {
  const [low, high] = bootstrapInterval([ratios.map((ratio) => [ratio])], median);
  return `${median(ratios).toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
}

function nameOf({ framework, backend = 'wasm', model, threads }) {
  const of = backend === 'wasm' ? `${threads} thread${threads === 1 ? '' : 's'}` : backend;
  const only = parts.size < allParts.length ? `, only ${[...parts].join(' and ')}` : '';
  return `${framework}, ${model}, ${of}${only}`;
}

/** Median latency of the predictions in a fresh context. */
async function freshContext({ openHarness, workload }, recorded, intervalUs) {
  const session = await openHarness();
  try {
    const recording = recorded ? await record(session.cdp, false, intervalUs) : null;
    await session.open('worker', workload);
    await session.setup();
    await session.warmup();
    // The optimizing compiler is still at work during the first ones.
    await session.predict(settle);
    const ms = median([...(await session.predict(predictions))]);
    await recording?.stop(join(folder, 'trace.json.gz'), []);
    return { ms };
  } finally {
    await session.close();
  }
}

/** Two contexts, one of them with the hook, opened in that order, that predict in turns. */
async function keptContexts({ browser, openHarness, workload }, order) {
  const sessions = {};
  const close = async () => {
    for (const session of Object.values(sessions)) await session.close();
  };
  try {
    for (const recorded of order) {
      const session = await openHarness();
      sessions[recorded] = session;
      await session.open('worker', { ...workload, recordGpu: recorded && parts.has('hook') });
      await session.setup();
      await session.warmup();
      await session.predict(settle);
    }
  } catch (error) {
    await close();
    throw error;
  }
  const turn = async (recorded, intervalUs) => {
    const session = sessions[recorded];
    const recording = recorded ? await record(session.cdp, true, intervalUs) : null;
    const processes = await browserProcesses(browser);
    await session.predict(1);
    const beforeMs = coreTimeMs(processes);
    const ms = median([...(await session.predict(predictions))]);
    const coreMs = (coreTimeMs(processes) - beforeMs) / predictions;
    await recording?.stop(join(folder, 'trace.json.gz'), []);
    return { ms, coreMs };
  };
  return { turn, close };
}

/** Of all threads of pages, and of the GPU process's main thread: the others are the device's where it is software. NaN where the system does not tell. */
function coreTimeMs(processes) {
  let ns = Number.NaN;
  for (const { id, type } of processes) {
    const tasks = `/proc/${id}/task`;
    if ((type !== 'renderer' && type !== 'GPU') || !existsSync(tasks)) continue;
    const threads = type === 'GPU' ? [id] : readdirSync(tasks);
    for (const thread of threads) {
      try {
        ns = (ns || 0) + Number(readFileSync(`${tasks}/${thread}/schedstat`, 'utf8').split(' ')[0]);
      } catch {
        // It ended meanwhile.
      }
    }
  }
  return ns / 1e6;
}

async function record(cdp, usesGpu, intervalUs) {
  if (parts.has('trace') && parts.has('samples')) return recordRun(cdp, usesGpu, intervalUs);
  if (parts.has('trace')) return recordTrace(cdp, usesGpu);
  return parts.has('samples') ? profileThreads(cdp, intervalUs) : null;
}
