import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { median } from 'simple-statistics';
import { openWorkload } from './openWorkload.mjs';

// What recording costs a prediction: its latency under the recording of the trace pass, against its latency with nothing recording.
//     npm run bench -- observerEffect [--pairs 5] [--predictions 30]
// Every pair is two fresh browser contexts, one after the other, now the one first and now the other, so that a drift of the machine
// weighs on both. Wants a quiet machine. The first of the cases is the one that counts; the others are for information.

const cases = [
  { framework: 'ort', model: 'ppocr-det', threads: 1 },
  { framework: 'ort', model: 'ppocr-det', threads: 2 },
  { framework: 'tfjs', model: 'mobilenet-v2', threads: 1 },
  { framework: 'tfjs', model: 'mobilenet-v2', threads: 2 },
];

const { values } = parseArgs({
  options: { pairs: { type: 'string', default: '5' }, predictions: { type: 'string', default: '30' } },
});
const pairs = Number(values.pairs);
const predictions = Number(values.predictions);
const { recordRun } = await import('../dist/collectors/recordRun.js');
const { bootstrapInterval } = await import('../dist/src/stats/bootstrap.js');
const folder = await mkdtemp(join(tmpdir(), 'inferscope-bench-'));
try {
  for (const choice of cases) await measureCase(choice);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function measureCase(choice) {
  const opened = await openWorkload(choice);
  try {
    const ratios = [];
    for (let pair = 0; pair < pairs; pair++) {
      const ms = {};
      for (const recorded of pair % 2 === 0 ? [false, true] : [true, false]) ms[recorded] = await latencyMs(opened, recorded);
      ratios.push(ms.true / ms.false);
    }
    const [low, high] = bootstrapInterval([ratios.map((ratio) => [ratio])], median);
    const name = `${choice.framework}, ${choice.model}, ${choice.threads} thread${choice.threads === 1 ? '' : 's'}`;
    const each = ratios.map((ratio) => ratio.toFixed(3)).join(' ');
    console.log(
      `${name.padEnd(32)} × ${median(ratios).toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]  (${each}; load ${loadavg()[0].toFixed(1)})`,
    );
  } finally {
    await opened.close();
  }
}

/** Median latency of the predictions in a fresh context. */
async function latencyMs({ openHarness, workload }, recorded) {
  const session = await openHarness();
  try {
    const recording = recorded ? await recordRun(session.cdp, false) : null;
    await session.open('worker', workload);
    await session.setup();
    await session.warmup();
    // The optimizing compiler is still at work during the first ones.
    await session.predict(5);
    const ms = await session.predict(predictions);
    await recording?.stop(join(folder, 'trace.json.gz'), []);
    return median([...ms]);
  } finally {
    await session.close();
  }
}
