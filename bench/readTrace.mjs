import { execFileSync } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { median } from 'simple-statistics';
import { makeTrace } from './makeTrace.mjs';
import { variants } from './variants.mjs';

// How fast and with how much memory a large trace is read, against JSON.parse of the same text.
//     node bench/readTrace.mjs --trace FILE | --from RECORDED [--megabytes 200]  [--rounds 7]
// Every round runs all variants, one after the other, each in a fresh process; ratios are formed within a round, so that what else the
// machine is doing weighs on both sides. Needs dist/ (npm run build).

const { values } = parseArgs({
  options: {
    trace: { type: 'string' },
    from: { type: 'string' },
    megabytes: { type: 'string', default: '200' },
    rounds: { type: 'string', default: '7' },
  },
});
const { bootstrapInterval } = await import('../dist/src/stats/bootstrap.js');
const file = values.trace ?? (await made(values.from, Number(values.megabytes)));
const bytes = statSync(file).size;
const runs = new Map(variants.map(({ name }) => [name, []]));
for (let round = 0; round < Number(values.rounds); round++) {
  for (const { name } of variants) runs.get(name).push(measure(name));
}

const [reference] = variants;
console.log(`${file}: ${(bytes / 1e6).toFixed(0)} MB, ${runs.get('reader')[0].events} events, ${values.rounds} rounds`);
for (const { name } of variants) {
  const seconds = median(runs.get(name).map((run) => run.seconds));
  const peak = Math.max(...runs.get(name).map((run) => run.peakBytes));
  console.log(
    `${name.padEnd(12)} ${seconds.toFixed(2)} s  ${(bytes / 1e6 / seconds).toFixed(0).padStart(4)} MB/s  peak ${(peak / 1e6).toFixed(0)} MB${against(name)}`,
  );
}

/** Time as a multiple of the reference's, with its 95 % interval. */
function against(name) {
  if (name === reference.name) return '';
  const ratios = runs.get(name).map((run, round) => [run.seconds / runs.get(reference.name)[round].seconds]);
  const [low, high] = bootstrapInterval([ratios], median);
  return `  ${median(ratios.flat()).toFixed(2)} × ${reference.name} [${low.toFixed(2)}, ${high.toFixed(2)}]`;
}

function measure(name) {
  return JSON.parse(execFileSync(process.execPath, [join(import.meta.dirname, 'measure.mjs'), name, file], { encoding: 'utf8' }));
}

async function made(from, megabytes) {
  if (!from) throw new Error('Give --trace <large trace>, or --from <recorded trace> to make one of.');
  mkdirSync('.cache/bench', { recursive: true });
  const out = `.cache/bench/${megabytes}MB.json`;
  await makeTrace({ from, out, bytes: megabytes * 1e6 });
  return out;
}
