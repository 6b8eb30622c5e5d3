import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { median } from 'simple-statistics';
import { importTypeScript } from './importTypeScript.mjs';

// Predicted against measured: what a step says that a change saves, and what it saves once it is made. docs/predictions.md. Wants a quiet
// machine. Needs dist/ (npm run build).
//     npm run bench -- predictions [--out /tmp/predictions] [--cases timer,rank-12] [--pairs 3] [--table] [--list]
// What was tried is kept in the folder, so it may be stopped at any time, and the same command goes on. --table: only writes the document anew
// of what is there.

const MARKER = '<!-- bench/predictions.mjs writes what follows -->';
const DOCUMENT = join(import.meta.dirname, '../docs/predictions.md');

const { values: options } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: {
    out: { type: 'string', default: '/tmp/predictions' },
    cases: { type: 'string' },
    pairs: { type: 'string', default: '3' },
    table: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
});
const { predictions, tryCase, judged } = await importTypeScript('test/planted/predictions/index.ts');
const wanted = options.cases?.split(',');
const unknown = wanted?.find((id) => !predictions.some((one) => one.id === id));
if (unknown !== undefined) {
  console.error(`There is no case "${unknown}"; there are ${predictions.map(({ id }) => id).join(', ')}.`);
  process.exit(2);
}
if (options.list) {
  for (const { id, step, title } of predictions) console.log(`${id.padEnd(24)}${step.padEnd(24)}${title}`);
  process.exit();
}
mkdirSync(options.out, { recursive: true });
const fileOf = ({ id }) => join(options.out, `${id}.json`);
if (!options.table) {
  const asked = predictions.filter(({ id }) => wanted === undefined || wanted.includes(id));
  for (const [i, one] of asked.entries()) {
    if (existsSync(fileOf(one))) continue;
    process.stderr.write(`${i + 1} of ${asked.length}: ${one.title}\n`);
    await measure(one);
  }
}
write();

async function measure(one) {
  const folder = join(options.out, 'recorded');
  mkdirSync(folder, { recursive: true });
  const startedMs = performance.now();
  let kept;
  try {
    const outcome = await tryCase(one, folder, Number(options.pairs));
    kept = { ...outcome, seconds: (performance.now() - startedMs) / 1000, load: loadavg()[0] };
  } catch (error) {
    kept = { failed: error.message.split('\n')[0], load: loadavg()[0] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  writeFileSync(`${fileOf(one)}.part`, JSON.stringify(kept));
  renameSync(`${fileOf(one)}.part`, fileOf(one));
}

function write() {
  const tried = predictions.flatMap((one) =>
    existsSync(fileOf(one)) ? [{ ...one, ...JSON.parse(readFileSync(fileOf(one), 'utf8')) }] : [],
  );
  const measured = tried.filter(({ failed }) => failed === undefined).map((one) => ({ ...one, ...judged(one) }));
  const predicted = measured.filter(({ covered }) => covered !== null);
  const held = predicted.filter(({ covered }) => covered);
  const rows = measured.map(({ title, step, said, savedMs, reachMs, covered, beforeMs }) => [
    title,
    `\`${step}\``,
    ms(median(beforeMs)),
    saidText(said),
    `${ms(savedMs)} ± ${ms(reachMs)}`,
    covered === null ? '–' : covered ? 'yes' : '**no**',
  ]);
  const failures = tried.filter(({ failed }) => failed !== undefined);
  const loads = tried.map(({ load }) => load);
  const text = [
    tried.length === 0
      ? 'Nothing is tried yet.'
      : `${cpus()[0].model}, ${cpus().length} cores, ${new Date().toISOString().slice(0, 10)}; load of the machine ${median(loads).toFixed(1)}, at most ${Math.max(...loads).toFixed(1)}. **${held.length} of ${predicted.length} predictions hold**; ${measured.length - predicted.length} changes were not predicted, ${predictions.length - tried.length} not tried yet.`,
    ...(rows.length > 0 ? [table(['changed', 'step', 'before, ms', 'said to save, ms', 'saved, ms', 'holds'], rows)] : []),
    ...(failures.length > 0
      ? [`Could not be tried:\n\n${failures.map(({ title, failed }) => `- ${title}: ${failed}`).join('\n')}`]
      : []),
  ].join('\n\n');
  const [above, below] = readFileSync(DOCUMENT, 'utf8').split(MARKER);
  if (below === undefined) throw new Error(`${DOCUMENT} has no line ${MARKER}`);
  writeFileSync(DOCUMENT, `${above}${MARKER}\n\n${text}\n`);
  console.log(text);
}

function saidText(said) {
  if (said === null) return 'no such step';
  if (said.ms === null) return 'not measured';
  const interval = said.ci95Ms === null ? '' : ` [${said.ci95Ms.map(ms).join(', ')}]`;
  return `${said.kind === 'bound' ? 'at most ' : ''}${ms(said.ms)}${interval}`;
}

function ms(value) {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(2);
}

function table(head, body) {
  return [head, head.map(() => '---'), ...body].map((line) => `| ${line.join(' | ')} |`).join('\n');
}
