import { execFile } from 'node:child_process';
import { loadavg } from 'node:os';
import { parseArgs, promisify } from 'node:util';
import { mean } from 'simple-statistics';
import { openWorkload } from './openWorkload.mjs';

// What sampling thread scheduling costs: CPU time of a process that only samples all threads of the pages and the GPU process of a browser that
// is predicting, against the same process idle.
//     npm run bench -- schedSampler [--pairs 5] [--seconds 4]

const { values } = parseArgs({
  options: { pairs: { type: 'string', default: '5' }, seconds: { type: 'string', default: '4' } },
});
const SAMPLER = new URL('../dist/collectors/scheduling/sampleScheduling.js', import.meta.url).href;
const { browserProcesses } = await import('../dist/collectors/browser/processes.js');
const { studentInterval } = await import('../dist/src/stats/studentInterval.js');
const opened = await openWorkload({ framework: 'tfjs', model: 'mobilenet-v2', threads: 2 });
try {
  const session = await opened.openHarness();
  await session.open('worker', opened.workload);
  await session.setup();
  const processes = await browserProcesses(opened.browser);
  const pids = processes.filter(({ type }) => type === 'renderer' || type === 'GPU').map(({ id }) => id);
  let ended = false;
  const load = (async () => {
    while (!ended) await session.predict(20);
  })();

  const shares = [];
  let threads = 0;
  for (let pair = 0; pair < Number(values.pairs); pair++) {
    const share = {};
    for (const sampled of pair % 2 === 0 ? [false, true] : [true, false]) {
      const { cpuShare, threads: seen } = await alone(sampled ? pids : []);
      share[sampled] = cpuShare;
      threads = Math.max(threads, seen);
    }
    shares.push(100 * (share.true - share.false));
  }
  ended = true;
  await load;
  const [low, high] = studentInterval(shares);
  const each = shares.map((share) => share.toFixed(2)).join(' ');
  console.log(
    `${mean(shares).toFixed(2)} % of a core [${low.toFixed(2)}, ${high.toFixed(2)}] for ${threads} threads of ${pids.length} processes  (${each}; load ${loadavg()[0].toFixed(1)})`,
  );
} finally {
  await opened.close();
}

/** Samples in a process of its own, which has nothing else to do: this one also drives the browser. */
async function alone(pids) {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--input-type=module',
    '-e',
    `const { sampleScheduling } = await import(${JSON.stringify(SAMPLER)});
     // The threads are opened once, at the start; what counts is what it costs for as long as it runs.
     const sampler = sampleScheduling(${JSON.stringify(pids)});
     await new Promise((resolve) => setTimeout(resolve, 500));
     const before = process.cpuUsage();
     const startMs = performance.now();
     await new Promise((resolve) => setTimeout(resolve, ${1000 * Number(values.seconds)}));
     const { user, system } = process.cpuUsage(before);
     const cpuShare = (user + system) / 1000 / (performance.now() - startMs);
     console.log(JSON.stringify({ cpuShare, threads: sampler.stop().threads.length }));`,
  ]);
  return JSON.parse(stdout);
}
