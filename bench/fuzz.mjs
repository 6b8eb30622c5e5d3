import { fork } from 'node:child_process';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { importTypeScript } from './importTypeScript.mjs';

// Reads inputs that nobody would write, one kind after the other, until the time is over: see test/properties/.
//     npm run fuzz -- [--minutes 10] [--only traces] [--seed 1]
// Prints how far it is, and the peak of its memory. A failure ends with 1, the smallest input found and the seed that finds it again.

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '10' }, only: { type: 'string' }, seed: { type: 'string' } },
});
const minutes = Number(values.minutes);
/** Inputs between two looks at the clock. */
const RUNS = 200;
/** What takes these longer than that hangs. */
const BATCH_LIMIT_MS = 5 * 60_000;

if (process.send) await fuzz();
else supervise();

/** Runs all in a process of its own: one that hangs would not look at the clock. */
function supervise() {
  const child = fork(process.argv[1], process.argv.slice(2));
  let limit;
  child.on('message', (batch) => {
    clearTimeout(limit);
    limit = setTimeout(() => {
      console.error(`\n${batch}: an input hangs.`);
      process.exitCode = 1;
      child.kill('SIGKILL');
    }, BATCH_LIMIT_MS);
  });
  child.on('exit', (code) => {
    clearTimeout(limit);
    process.exitCode ||= code ?? 1;
  });
}

async function fuzz() {
  const { properties } = await importTypeScript('test/properties/index.ts');
  const chosen = properties.filter(({ name }) => values.only === undefined || name === values.only);
  if (chosen.length === 0 || !(minutes > 0)) {
    const names = properties.map(({ name }) => name).join(', ');
    console.error(`Usage: npm run fuzz -- [--minutes 10] [--only NAME] [--seed 1]; NAME is one of: ${names}`);
    process.exit(2);
  }
  const begunMs = performance.now();
  const endMs = begunMs + minutes * 60_000;
  const tried = new Map(chosen.map(({ name }) => [name, 0]));
  let seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed);
  for (; performance.now() < endMs; seed++) {
    for (const { name, property } of chosen) {
      if (performance.now() >= endMs) break;
      const again = `npm run fuzz -- --only "${name}" --seed ${seed}`;
      process.send(again);
      const result = await fc.check(property, { numRuns: RUNS, seed });
      tried.set(name, tried.get(name) + result.numRuns);
      if (!result.failed) continue;
      console.error(
        `\n${name}: failed. Again: ${again}\n${fc.defaultReportMessage(result)}\n${result.errorInstance?.stack ?? ''}`,
      );
      process.exit(1);
    }
    const counts = [...tried].map(([name, count]) => `${count} ${name}`).join(', ');
    const passed = ((performance.now() - begunMs) / 60_000).toFixed(1);
    const peakMb = Math.round(process.resourceUsage().maxRSS / 1000);
    console.log(`${passed} of ${minutes} min, seed ${seed}: ${counts}; peak memory ${peakMb} MB`);
  }
  process.exit(0);
}
