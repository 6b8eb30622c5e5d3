import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { median } from 'simple-statistics';
import { importTypeScript } from './importTypeScript.mjs';

// How often a gate of "trace compare" fails what is alike, and how often it catches what is slower: docs/ci.md. Wants a quiet machine. Needs
// dist/ (npm run build).
//     npm run bench -- compareGate [--out /tmp/compareGate] [--alike 40] [--slower 10] [--part 0.1] [--model ppocr-cls] [--budget 5m] [--table]
// What was tried is kept in the folder, so it may be stopped at any time, and the same command goes on. --table: only writes the document anew.

const MARKER = '<!-- bench/compareGate.mjs writes what follows -->';
const DOCUMENT = join(import.meta.dirname, '../docs/ci.md');
const LIMIT = '5%';

const { values: options } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: {
    out: { type: 'string', default: '/tmp/compareGate' },
    alike: { type: 'string', default: '40' },
    slower: { type: 'string', default: '10' },
    part: { type: 'string', default: '0.1' },
    model: { type: 'string', default: 'ppocr-cls' },
    budget: { type: 'string', default: '5m' },
    table: { type: 'boolean', default: false },
  },
});
mkdirSync(options.out, { recursive: true });
const builds = join(options.out, 'builds');
const wanted = [
  ...Array.from({ length: Number(options.alike) }, (_, number) => ({ kind: 'alike', number })),
  ...Array.from({ length: Number(options.slower) }, (_, number) => ({ kind: 'slower', number })),
];
const fileOf = ({ kind, number }) => join(options.out, `${kind}-${number}.json`);
const both = `--model ${options.model} --threads 1`;
if (!options.table) {
  for (const one of wanted) {
    if (existsSync(fileOf(one))) continue;
    if (one.kind === 'slower' && !existsSync(builds)) await plant();
    process.stderr.write(`${one.kind}, ${one.number + 1} of ${options[one.kind]}\n`);
    tryOne(one);
  }
}
write();

/** A build whose script takes a part of a prediction longer, as that was timed in what is alike. */
async function plant() {
  const { plantBuilds, slowScript } = await importTypeScript('test/planted/bisect/plantBuilds.ts');
  const alike = tried('alike');
  if (alike.length === 0) throw new Error('What is alike has to be compared first: it tells how long a prediction takes.');
  const usualMs = median(alike.map(({ figures }) => figures[0].a));
  await plantBuilds(builds, ['usual', 'slow'], 'slow', slowScript(usualMs * Number(options.part)));
}

function tryOne(one) {
  const sides =
    one.kind === 'alike'
      ? ['base=--on worker', 'head=--on worker']
      : [`base=--package ${join(builds, 'usual')}`, `head=--package ${join(builds, 'slow')}`];
  const folder = join(options.out, 'recorded');
  rmSync(folder, { recursive: true, force: true });
  const startedMs = performance.now();
  const args = [...sides, `--both=${both}`, '--limit', LIMIT, '--budget', options.budget, '--seed', String(one.number + 1)];
  const bin = join(import.meta.dirname, '../dist/cli/bin.js');
  const { status, stdout } = spawnSync(process.execPath, [bin, 'compare', ...args, '--out', folder, '--json'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1e9,
  });
  rmSync(folder, { recursive: true, force: true });
  const { figures, gate, explained, rounds, ended } = JSON.parse(stdout);
  const kept = {
    code: status,
    figures,
    gate,
    explained,
    rounds,
    ended,
    seconds: (performance.now() - startedMs) / 1000,
    load: loadavg()[0],
  };
  writeFileSync(`${fileOf(one)}.part`, JSON.stringify(kept));
  renameSync(`${fileOf(one)}.part`, fileOf(one));
}

function tried(kind) {
  return wanted
    .filter((one) => one.kind === kind && existsSync(fileOf(one)))
    .map((one) => JSON.parse(readFileSync(fileOf(one), 'utf8')));
}

function write() {
  const percent = (ratio) => `${((ratio - 1) * 100).toFixed(1)} %`;
  const rows = ['alike', 'slower'].flatMap((kind) => {
    const all = tried(kind);
    if (all.length === 0) return [];
    const count = (gate) => all.filter((one) => one.gate === gate).length;
    const changes = all.map(({ figures }) => figures[0].ratio);
    return [
      `| ${kind === 'alike' ? 'the same on both sides' : `${Number(options.part) * 100} % of a prediction planted`} | ${all.length} | ${count('failed')} | ${count('passed')} | ${count('undecided')} | ${percent(Math.min(...changes))} to ${percent(Math.max(...changes))} | ${median(all.map(({ rounds }) => rounds))} | ${Math.round(median(all.map(({ seconds }) => seconds)))} s, at most ${Math.round(Math.max(...all.map(({ seconds }) => seconds)))} s |`,
    ];
  });
  const loads = [...tried('alike'), ...tried('slower')].map(({ load }) => load);
  const text =
    rows.length === 0
      ? 'Nothing is measured yet.'
      : `${options.model}, one thread, \`--limit ${LIMIT} --budget ${options.budget}\`; ${cpus()[0].model}, ${cpus().length} cores, ${new Date().toISOString().slice(0, 10)}, load of the machine ${median(loads).toFixed(1)}:\n\n| | comparisons | failed | passed | undecided | change | rounds | took |\n| --- | ---: | ---: | ---: | ---: | --- | ---: | --- |\n${rows.join('\n')}`;
  const [above, below] = readFileSync(DOCUMENT, 'utf8').split(MARKER);
  if (below === undefined) throw new Error(`${DOCUMENT} has no line ${MARKER}`);
  writeFileSync(DOCUMENT, `${above}${MARKER}\n\n${text}\n`);
  console.log(text);
}
