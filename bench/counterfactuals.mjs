import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { mean, median } from 'simple-statistics';

// What one changed thing gains or costs, over the models of the study and all frameworks: docs/counterfactuals.md. Each configuration runs in
// a browser of its own, in interleaved rounds of random order, in at least three fresh replicates: the machinery of the ladder, without its
// native rungs. Wants a quiet machine. Needs dist/ (npm run build).
//     npm run bench -- counterfactuals [--out /tmp/counterfactuals] [--budget 60s] [--models a,b] [--frameworks ort,tfjs] [--threads 1] [--table]
// Every replicate is kept in the folder, so it may be stopped at any time, and the same command goes on. --budget: per model and framework;
// large models take as long as three replicates take. --table: only writes the document anew of what is there.

const MARKER = '<!-- bench/counterfactuals.mjs writes what follows -->';
const DOCUMENT = join(import.meta.dirname, '../docs/counterfactuals.md');
const REPLICATES = 3;
const USED = 'used';
/** Builds of one source that differ in their instructions, where a framework has them: LiteRT.js has one without relaxed SIMD. */
const BUILDS = ['compat'];

const { values: options } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: {
    out: { type: 'string', default: '/tmp/counterfactuals' },
    budget: { type: 'string', default: '60s' },
    models: { type: 'string' },
    frameworks: { type: 'string' },
    threads: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    table: { type: 'boolean', default: false },
  },
});
const dist = (path) => import(`../dist/${path}`);
const { frameworks } = await dist('collectors/frameworks.js');
const { readStudyFile } = await dist('collectors/study/readStudyFile.js');
const { parseDuration } = await dist('src/cli/parseOptions.js');
const { pairedRungs } = await dist('src/stats/pairedRungs.js');
const { resolveModel } = await dist('models/resolveModel.js');
const { defaultCacheFolder } = await dist('models/defaultCacheFolder.js');

const budgetMs = parseDuration('--budget', options.budget);
const threads = Number(options.threads);
const seed = Number(options.seed);
const isAsked = (list, name) => list === undefined || list.split(',').includes(name);
const { plan } = await readStudyFile(join(import.meta.dirname, '../models/studies/paper.yaml'));
const models = [...new Set(plan.runs.flatMap((run) => run.models))];
const cells = models.flatMap((model) => Object.keys(frameworks).map((framework) => ({ model, framework })));
mkdirSync(options.out, { recursive: true });
if (!options.table) {
  for (const cell of cells) {
    if (isAsked(options.models, cell.model) && isAsked(options.frameworks, cell.framework)) await measure(cell);
  }
}
write();

/** What is changed, each a rung beside the page as used; null where the framework has no such thing. */
function changesOf(framework) {
  const { switchesSimd, builds = {} } = frameworks[framework];
  const wide = { v8Flags: ['--wasm-revectorize'] };
  const fused = { page: { modules: 'fused' } };
  return {
    same: {},
    fma: fused,
    width: wide,
    'width.fma': { ...wide, ...fused },
    ...(switchesSimd ? { 'simd.off': { simd: false } } : {}),
    ...Object.fromEntries(
      BUILDS.filter((build) => Object.hasOwn(builds, build) && threads === 1).map((build) => [
        `build.${build}`,
        { page: { build } },
      ]),
    ),
  };
}

function fileOf({ model, framework }) {
  return join(options.out, `${model}-${framework}.json`);
}

function readCell(cell) {
  return existsSync(fileOf(cell)) ? JSON.parse(readFileSync(fileOf(cell), 'utf8')) : null;
}

/** What is half written is not there. */
function keepCell(cell, kept) {
  writeFileSync(`${fileOf(cell)}.part`, JSON.stringify(kept));
  renameSync(`${fileOf(cell)}.part`, fileOf(cell));
}

async function measure(cell) {
  const kept = readCell(cell) ?? {
    ...cell,
    threads,
    seed,
    lack: null,
    browser: null,
    spentMs: 0,
    loads: [],
    outputs: {},
    replicates: [],
  };
  if (kept.lack !== null || (kept.replicates.length >= REPLICATES && kept.spentMs >= budgetMs)) return;
  if (kept.threads !== threads)
    throw new Error(`${fileOf(cell)} is of ${kept.threads} threads: choose another folder with --out.`);
  const { model, framework } = cell;
  let file;
  try {
    file = await resolveModel(model, { cacheFolder: defaultCacheFolder(process.env), format: frameworks[framework].format });
  } catch (error) {
    keepCell(cell, { ...kept, lack: error.message.split('\n')[0] });
    return;
  }
  try {
    await climb(cell, kept, file);
  } catch (error) {
    // A model that the framework does not run is a finding; a machine that is stopped is none.
    if (kept.replicates.length > 0) throw error;
    const reason = error.message.split('\n')[0];
    console.error(`${model}, ${framework}: ${reason}`);
    keepCell(cell, { ...kept, lack: reason });
  }
}

async function climb(cell, kept, file) {
  const { climbLadder } = await dist('collectors/ladder/climbLadder.js');
  const { openRung } = await dist('collectors/ladder/openRung.js');
  const { compareOutputs } = await dist('collectors/baseline/compareOutputs.js');
  const { launchFor } = await dist('collectors/browser/launchBrowser.js');
  const { PLAIN_PAGE } = await dist('src/bundle/rungPage.js');
  const { framework } = cell;
  const usual = {
    side: false,
    runtime: 'browser',
    backend: 'wasm',
    threads,
    on: 'worker',
    v8Flags: [],
    simd: frameworks[framework].switchesSimd ? true : null,
    page: PLAIN_PAGE,
  };
  const rungs = [{}, ...Object.values(changesOf(framework))].map((change, i) => ({
    ...usual,
    ...change,
    page: { ...PLAIN_PAGE, ...change.page },
    id: [USED, ...Object.keys(changesOf(framework))][i],
  }));
  const { browser } = await launchFor('wasm');
  kept.browser = browser.version();
  await browser.close();
  const { sharedBrowsers } = await dist('collectors/ladder/lendBrowser.js');
  const lend = sharedBrowsers();
  const served = await servedPages(framework, file);
  const subject = { page: served.page, native: null, software: false };
  const begunMs = performance.now();
  const before = kept.spentMs;
  let load = loadavg()[0];
  const startOf = () => seed + kept.replicates.length;
  const ladder = (budget) => ({
    rungs,
    budgetMs: budget,
    seed: startOf(),
    open: (rung) => openRung(rung, subject, new AbortController().signal, lend),
    async check(opened) {
      const used = await opened.get(USED).outputs();
      for (const { id } of rungs) {
        if (id === USED) continue;
        const { outputs } = compareOutputs(await opened.get(id).outputs(), used, 1);
        const differences = outputs.map(({ problem, maxRelativeDifference }) =>
          problem === null ? maxRelativeDifference : null,
        );
        kept.outputs[id] = differences.includes(null) ? null : Math.max(...differences);
      }
    },
    async keep(replicate) {
      kept.replicates.push(replicate);
      kept.spentMs = before + performance.now() - begunMs;
      // Of what ran meanwhile; that of the bench itself is part of it.
      load = Math.max(load, loadavg()[0]);
      kept.loads.push(load);
      keepCell(cell, kept);
    },
    enough: () => false,
  });
  try {
    if (kept.spentMs < budgetMs) await climbLadder(ladder(budgetMs - kept.spentMs), progressOf(cell));
    // Of a large model a replicate takes longer than its share of the budget.
    while (kept.replicates.length < REPLICATES) await climbLadder(ladder(1), progressOf(cell));
    kept.spentMs = Math.max(kept.spentMs, budgetMs);
    keepCell(cell, kept);
  } finally {
    await served.close();
  }
}

function progressOf({ model, framework }) {
  return {
    step() {},
    note: console.error,
    advance: (_, text) => process.stderr.write(`${model}, ${framework}: ${text}\n`),
    end() {},
  };
}

/** Servers of the pages of one model, by whether their modules are fused; the rest stands in what a page is asked to run. */
async function servedPages(framework, file) {
  const { rewrittenModules } = await dist('collectors/harness/rewrittenModules.js');
  const { serveHarness } = await dist('collectors/harness/server.js');
  const { contentOf, toldOf } = await dist('collectors/harness/subject.js');
  const { NOTHING_CHANGED, NOTHING_RECORDED } = await dist('collectors/harness/protocol.js');
  const { modelFeeds } = await dist('models/modelFeeds.js');
  const { indexModule } = await dist('src/wasm/indexModule.js');
  const { fuseMultiplyAdd } = await dist('src/wasm/rewrite/fuseMultiplyAdd.js');
  const subject = { framework, model: file, inputs: modelFeeds(file, [], seed).inputs };
  const fused = rewrittenModules((bytes) => fuseMultiplyAdd(indexModule(bytes)));
  const servers = new Map();
  const serverOf = async (modules) => {
    if (!servers.has(modules)) {
      const server = await serveHarness({
        ...contentOf(subject),
        isolated: true,
        ...(modules === 'fused' && { rewriteModule: fused.rewrite }),
      });
      servers.set(modules, server);
    }
    return servers.get(modules);
  };
  const workload = {
    runId: 'bench',
    backend: 'wasm',
    threads,
    simd: null,
    ...toldOf(subject),
    ...NOTHING_CHANGED,
    ...NOTHING_RECORDED,
  };
  return {
    page: async ({ modules, build }) => ({ server: await serverOf(modules), workload: { ...workload, build } }),
    close: async () => {
      for (const server of servers.values()) await server.close();
    },
  };
}

function write() {
  const found = cells.map((cell) => readCell(cell) ?? { ...cell, lack: 'not measured yet', replicates: [] });
  const measured = found.filter(({ replicates }) => replicates.length > 0);
  const columns = [...new Set(measured.flatMap(({ framework }) => Object.keys(changesOf(framework))))];
  const rows = measured.map((cell) => [
    cell.model,
    frameworks[cell.framework].title,
    `${usedMs(cell).toFixed(1)} ms`,
    ...columns.map((id) => ratioOf(cell, id)),
  ]);
  const bounds = { fma: 'to ×0.50', width: 'to ×0.50 (256), ×0.25 (512)', 'width.fma': 'to ×0.25 (256), ×0.13 (512)' };
  const paper = ['the paper’s bound', '', '', ...columns.map((id) => bounds[id] ?? '')];
  const means = Object.keys(frameworks).flatMap((framework) => {
    const of = measured.filter((cell) => cell.framework === framework);
    if (of.length < 2) return [];
    return [[`geometric mean of ${of.length}`, frameworks[framework].title, '', ...columns.map((id) => meanOf(of, id))]];
  });
  const lacks = found.filter(({ replicates }) => replicates.length === 0);
  const text = [
    measured.length === 0
      ? 'Nothing is measured yet.'
      : `${conditions(measured)}\n\n${table(['model', 'framework', 'as used', ...columns.map((id) => `\`${id}\``)], [...rows, ...means, paper])}`,
    ...(lacks.length > 0
      ? [
          `Without a row:\n\n${lacks.map(({ model, framework, lack }) => `- ${model} in ${frameworks[framework].title}: ${lack}`).join('\n')}`,
        ]
      : []),
  ].join('\n\n');
  const [above, below] = readFileSync(DOCUMENT, 'utf8').split(MARKER);
  if (below === undefined) throw new Error(`${DOCUMENT} has no line ${MARKER}`);
  writeFileSync(DOCUMENT, `${above}${MARKER}\n\n${text}\n`);
  console.log(text);
}

function conditions(measured) {
  const loads = measured.flatMap((cell) => cell.loads);
  const counts = measured.map(({ replicates }) => replicates.length);
  const browsers = [...new Set(measured.map(({ browser }) => `Chromium ${browser}`))].join(', ');
  const count = measured[0].threads;
  return `${cpus()[0].model}, ${cpus().length} cores, ${browsers}, ${new Date().toISOString().slice(0, 10)}; ${count} thread${count === 1 ? '' : 's'}, ${Math.min(...counts)} to ${Math.max(...counts)} replicates, seed ${measured[0].seed}; load of the machine ${median(loads).toFixed(1)}, at most ${Math.max(...loads).toFixed(1)}.`;
}

function usedMs({ replicates }) {
  return mean(
    replicates.map(({ rounds }) => median(rounds.flatMap((round) => round.flatMap(({ rung, ms }) => (rung === USED ? ms : []))))),
  );
}

/** Outputs that differ by more than another rounding are said, as the time then says nothing. */
function ratioOf({ replicates, outputs }, id) {
  const measured = pairedRungs([USED, id], replicates);
  if (!measured) return '—';
  const { ratio, ratioCi95 } = measured;
  const differ = outputs[id] === null || outputs[id] > 1e-3 ? ' outputs differ' : '';
  return `×${ratio.toFixed(2)} [${ratioCi95.map((bound) => bound.toFixed(2)).join(', ')}]${differ}`;
}

function meanOf(of, id) {
  const logs = of.flatMap(({ replicates }) => {
    const measured = pairedRungs([USED, id], replicates);
    return measured ? [Math.log(measured.ratio)] : [];
  });
  return logs.length < 2 ? '—' : `×${Math.exp(mean(logs)).toFixed(2)}`;
}

function table(head, body) {
  return [head, head.map(() => '---'), ...body].map((line) => `| ${line.join(' | ')} |`).join('\n');
}
