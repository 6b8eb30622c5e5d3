import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

// The tables of a study as Markdown, beside the figures that the paper has for the same question. Needs dist/ (npm run build).
//     npm run bench -- studyTables traces/study-paper [--write docs/study.md]
// --write: into a file that is there, in place of what follows the line MARKER in it; what stands above it is written by hand.

const MARKER = '<!-- bench/studyTables.mjs writes what follows -->';
const { values: options, positionals } = parseArgs({ allowPositionals: true, options: { write: { type: 'string' } } });
const [folder] = positionals;
if (folder === undefined) throw new Error('Name the folder of a study: npm run bench -- studyTables traces/study-paper');

const dist = (path) => import(`../dist/${path}`);
const { loadStudy } = await dist('src/loadStudy.js');
const { analyzeStudy } = await dist('analyzers/study/index.js');
const { shortConfiguration } = await dist('analyzers/study/configurations.js');
const study = analyzeStudy(await loadStudy(folder));

/** Wang et al., doi 10.1145/3688843, ResNet50 in their public results, ms a prediction: an i7 PC with 4 threads where there are threads. */
const paperResNet50 = {
  native: { ort: 23.4, tfjs: 82.2 },
  tfjs: { neither: 1710, threads: 1416, simd: 540, both: 301 },
  ort: { neither: 1275, threads: 396, simd: 358, both: 172 },
};
const frameworks = { ort: 'ORT', tfjs: 'TF.js' };

const sections = [facts(), latency(), gap(), resnet50(), ablation(), warmup(), causes(), memory(), failures()];
const text = sections.filter((section) => section !== null).join('\n\n');
if (options.write === undefined) console.log(text);
else {
  const [above, below] = readFileSync(options.write, 'utf8').split(MARKER);
  if (below === undefined) throw new Error(`${options.write} has no line ${MARKER}`);
  writeFileSync(options.write, `${above}${MARKER}\n\n${text}\n`);
}

function facts() {
  const { machine, browsers, study: of } = study;
  const { planned, done, failed, missing } = of.runs;
  const state = `${done} of ${planned} runs done, ${failed} failed${missing > 0 ? `, ${missing} not made` : ''}`;
  return `${machine.cpu}, ${machine.cores} cores, ${browsers.join(', ')}; begun ${of.startedAt.slice(0, 10)}, ${of.rounds} rounds, seed ${of.seed}: ${state}.`;
}

/** One row per model, one column per configuration. */
function latency() {
  const rows = study.latency.filter((row) => row.predictionMs !== null);
  return section(
    'Prediction, ms',
    grid(rows, ({ predictionMs }) => `${ms(predictionMs.value)} ${between(predictionMs, ms)}`),
  );
}

function gap() {
  const { rows, summaries } = study.gap;
  const means = summaries.map(({ configuration, models, geometricMean, lowest, highest }) => [
    shortConfiguration(configuration),
    String(models),
    `×${times(geometricMean)}`,
    `×${times(lowest.ratio)} (${lowest.model}) to ×${times(highest.ratio)} (${highest.model})`,
  ]);
  return section(
    'Time over native, in the same run',
    `${grid(rows, ({ ratio }) => `×${times(ratio.value)} ${between(ratio, times)}`)}\n\n${table(['configuration', 'models', 'geometric mean', 'range'], means)}`,
  );
}

function resnet50() {
  const rows = study.ablation.rows.filter(({ model }) => model === 'resnet50');
  if (rows.length === 0) return null;
  const native = (framework) => {
    const row = study.gap.rows.find(
      ({ cell }) => cell.model === 'resnet50' && cell.framework === framework && cell.threads === study.machine.cores,
    );
    return [
      `${frameworks[framework]}: native`,
      row ? `${ms(row.nativeMs.value)} (${row.baseline})` : '–',
      String(paperResNet50.native[framework]),
    ];
  };
  const body = rows.flatMap((row) => [
    native(row.framework),
    ...['neither', 'threads', 'simd', 'both'].map((id) => {
      const measured = row[`${id}Ms`];
      const here = measured ? `${ms(measured.value)} ${between(measured, ms)}` : 'does not exist';
      return [`${frameworks[row.framework]} Wasm: ${id}`, here, String(paperResNet50[row.framework][id])];
    }),
  ]);
  return section('ResNet50, ms a prediction', table(['', `here, ${study.machine.cores} threads`, 'paper, 4 threads'], body));
}

function ablation() {
  const titles = { threads: 'threads', simd: 'SIMD', both: 'both', threadsBesideSimd: 'threads beside SIMD' };
  const ids = Object.keys(titles);
  const share = (row, id) => {
    const found = row.reductions.find((each) => each.id === id);
    return found ? `${percent(found.share.value)} ${between(found.share, percent)}` : '–';
  };
  const rows = study.ablation.rows.map((row) => [row.model, frameworks[row.framework], ...ids.map((id) => share(row, id))]);
  const means = study.ablation.summaries.map(({ framework, id, models, share: mean }) => [
    frameworks[framework],
    titles[id],
    String(models),
    percent(mean),
  ]);
  return section(
    'What threads and SIMD take off a prediction on Wasm',
    `${table(['model', 'framework', ...ids.map((id) => titles[id])], rows)}\n\n${table(['framework', 'factor', 'models', 'taken off, geometric mean'], means)}`,
  );
}

function warmup() {
  const { rows } = study.warmup;
  return section(
    'Warm-up over a prediction',
    grid(rows, ({ ratio }) => `×${times(ratio.value)} ${between(ratio, times)}`),
  );
}

function causes() {
  const largest = ({ causes: all }) =>
    all
      .filter(({ id, share }) => id !== 'unattributed' && share >= 0.02)
      .sort((a, b) => b.share - a.share)
      .slice(0, 5)
      .map(({ id, share }) => `${id} ${percent(share)}`)
      .join(', ');
  const rows = study.causes.map((row) => [
    row.cell.model,
    shortConfiguration(row.cell),
    String(row.windows),
    largest(row),
    percent(row.unattributedShare),
  ]);
  return section(
    'Where the time of a prediction goes',
    table(['model', 'ran on', 'predictions', 'largest causes', 'unattributed'], rows),
  );
}

function memory() {
  const ratio = (peak) => (peak?.ratio === undefined || peak.ratio === null ? '–' : `×${times(peak.ratio)}`);
  const rows = study.memory.map((row) => [
    row.cell.model,
    shortConfiguration(row.cell),
    `${(row.modelBytes / 1e6).toFixed(1)}`,
    ratio(row.live),
    ratio(row.held),
    ratio(row.process),
    ratio(row.gpuProcess),
  ]);
  return section(
    'Peaks of memory over the model’s size',
    table(['model', 'ran on', 'model, MB', 'live tensors', 'held', 'page’s process', 'GPU process'], rows),
  );
}

function failures() {
  const { failed, excluded } = study.failures;
  const rows = [
    ...failed.map(({ cell, reason, rounds }) => [
      cell.model,
      shortConfiguration(cell),
      `round ${rounds.map((each) => each + 1).join(', ')}`,
      reason,
    ]),
    ...excluded.map(({ cell, reason }) => [cell.model, shortConfiguration(cell), 'cannot', reason]),
  ];
  return rows.length === 0 ? null : section('What could not run', table(['model', 'on', '', 'why'], rows));
}

function grid(rows, show) {
  const configurations = [...new Map(rows.map(({ cell }) => [shortConfiguration(cell), cell])).keys()].sort();
  const models = [...new Set(study.cells.map(({ model }) => model))];
  const body = models.map((model) => [
    model,
    ...configurations.map((configuration) => {
      const row = rows.find(({ cell }) => cell.model === model && shortConfiguration(cell) === configuration);
      return row ? `${row.cell.outputs === 'differ' ? '! ' : ''}${show(row)}` : '–';
    }),
  ]);
  return table(['model', ...configurations], body);
}

function section(title, body) {
  return `## ${title}\n\n${body}`;
}

function table(head, body) {
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [head, head.map(() => '---'), ...body].map(line).join('\n');
}

function between({ ci95 }, format) {
  return ci95 === null ? '' : `[${format(ci95[0])}, ${format(ci95[1])}]`;
}

function ms(value) {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

function times(value) {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

function percent(value) {
  return `${(value * 100).toFixed(0)} %`;
}
