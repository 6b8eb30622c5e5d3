import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { analysisSchema } from '../../analyzers/tables/schema.js';
import * as library from '../../src/notebook/index.js';
import { packageRoot } from '../../src/packageRoot.js';
import { traceSchema } from '../../src/trace/schema.js';
import { buildManifest } from '../analyzers/buildManifest.js';
import { js, RunBuilder, wasm } from '../analyzers/buildRun.js';
import { buildMemoryLog } from '../analyzers/memory/buildMemoryLog.js';
import { buildNode } from '../analyzers/operators/buildNode.js';
import { recordedNames } from '../bundle/unpackRecorded.js';
import { buildStudyAnalysis } from '../report/study/buildStudyAnalysis.js';
import { attachment, type NotebookFiles, notebookFiles, recordedFiles } from './files.js';
import { cellsOf, runCells, type Shown } from './runCells.js';

const folder = join(packageRoot(), 'notebooks');
const starters = ['compare', 'functions', 'memory', 'operators', 'slow-prediction', 'workers'];
const textOf = (name: string): string => readFileSync(join(folder, `${name}.html`), 'utf8');
const FILE = /data\/(bundle|other)\/(\w+\.(?:arrow|json))/g;

/** Every file of a recording, under both names that a starter has for one. */
const filesOf =
  ({ files }: Pick<NotebookFiles, 'files'>) =>
  (path: string) =>
    files[path.replace(/^data\/(bundle|other)\//, '')]!;

test('there are the six that the README of notebooks lists', () => {
  const readme = readFileSync(join(folder, 'README.md'), 'utf8');
  const listed = Array.from(readme.matchAll(/^\| `([\w-]+)` \| /gm), ([, name]) => name);
  expect(listed.sort()).toEqual(starters);
  expect(readdirSync(folder)).toEqual(expect.arrayContaining(starters.map((name) => `${name}.html`)));
});

describe.each(starters)('the starter %s', (name) => {
  test('begins with its question, and with what to change', () => {
    const [first] = cellsOf(textOf(name));
    expect(first!.kind).toBe('markdown');
    expect(first!.text).toMatch(/^# .+\?\n\n/);
    expect(first!.text).toMatch(/change/);
  });

  test('attaches documented tables, and imports what it uses from the library', () => {
    const text = textOf(name);
    const known = [...Object.keys(traceSchema), ...Object.keys(analysisSchema)].map((table) => `${table}.arrow`);
    for (const [, , file] of text.matchAll(FILE)) expect([...known, 'analysis.json']).toContain(file);
    const [statement, imported] = /import \{([^}]+)\} from "npm:inferscope\/notebook"/.exec(text)!;
    const used = text.replace(statement, '').replaceAll(/^\s+\w+: FileAttachment.*$/gm, '');
    for (const each of imported!.split(',').map((part) => part.trim())) {
      expect(library).toHaveProperty(each);
      expect(used, each).toMatch(new RegExp(`\\b${each}\\b`));
    }
  });

  test('says why where there is nothing, and no cell fails', async () => {
    const shown = await runCells(cellsOf(textOf(name)), filesOf(await notebookFiles(new RunBuilder().input({}))));
    expect(shown.filter(({ is }) => is === 'chart' || is === 'plot')).toEqual([]);
    expect(shown.some((each) => each.is === 'text' && each.text.length > 30)).toBe(true);
  });

  test('shows charts of each recorded bundle', async () => {
    for (const recorded of await recordedNames()) {
      const shown = await runCells(cellsOf(textOf(name)), filesOf(await recordedFiles(recorded)));
      const charts = shown.flatMap((each) => (each.is === 'chart' ? [each] : []));
      // Recorded bundles have no operators, and GPU runs next to no Wasm.
      if (!['operators', 'functions'].includes(name)) expect(charts.length, recorded).toBeGreaterThan(0);
      for (const { svg } of charts) expect(svg).toMatch(/<path|<rect/);
    }
  });
});

/** A run with all passes, and a pool of two threads. */
async function wholeRun(): Promise<NotebookFiles> {
  const run = new RunBuilder();
  const owner = run.thread().phase('warm-up:0', 0, 60);
  owner.executes(wasm('scalar'), 0, 60);
  for (let i = 0; i < 6; i++) {
    const at = 100 + 100 * i;
    owner.phase(`iteration:${i}`, at, at + 40 + i);
    owner
      .executes(wasm('simd128'), at, at + 30)
      .executes(js, at + 30, at + 35)
      .executes(wasm('spin'), at + 35, at + 40 + i);
  }
  run.thread().executes(wasm('simd128'), 100, 640);
  const nodes = [
    buildNode({ name: 'first', operator: 'Conv', hostMs: [3, 3.2], deviceMs: null }),
    buildNode({ name: 'second', operator: 'Relu', hostMs: [1, 1.1], deviceMs: null }),
  ];
  const profile = { source: 'a profiler', graph: 'onnx' as const, predictionsMs: [5, 5.2], runs: null, clock: null };
  const kernels = {
    schema: 'inferscope.kernels/1' as const,
    browser: { ...profile, nodes },
    native: { ...profile, nodes: nodes.map((node) => ({ ...node, hostMs: [1, 1] })) },
    peaks: { threads: 1, instructions: 'simd128', gigaflops: 20, gigabytesPerSecond: 10 },
  };
  return notebookFiles(run.input({ manifest: buildManifest(), memory: buildMemoryLog(), kernels: kernels as never }));
}

const tables = (shown: readonly Shown[]) => shown.flatMap((each) => (each.is === 'table' ? [each.rows] : []));
const charts = (shown: readonly Shown[]) => shown.flatMap((each) => (each.is === 'chart' ? [each.chart] : []));

describe('what a starter shows is what trace analyze --json says:', () => {
  test('operators beside native, and their roof', async () => {
    const whole = await wholeRun();
    const shown = await runCells(cellsOf(textOf('operators')), filesOf(whole));
    const { kernels, kernelTotals } = whole.analysis;
    expect(charts(shown)).toEqual([library.rooflineChart(kernels, kernelTotals!.peaks!)]);
    const [types, kinds, operators] = tables(shown);
    expect(kinds!.map(({ aboveMs }) => aboveMs)).toEqual(kernelTotals!.groups.map(({ aboveMs }) => aboveMs));
    expect(types).toMatchObject(kernelTotals!.types.map(({ operator, ms, nativeMs }) => ({ operator, ms, nativeMs })));
    expect(operators).toMatchObject(kernels.map(({ name, ms, nativeMs, ratio }) => ({ name, ms, nativeMs, ratio })));
    const conv = await runCells(cellsOf(textOf('operators')), filesOf(whole), { Type: () => 'Conv' });
    expect(tables(conv)[2]).toMatchObject([{ name: 'first' }]);
  });

  test('memory over the run, and the latencies of each phase', async () => {
    const whole = await wholeRun();
    const shown = await runCells(cellsOf(textOf('memory')), filesOf(whole));
    const { memory, latency, gap } = whole.analysis;
    expect(charts(shown).slice(0, 2)).toEqual([library.memoryChart(memory!), library.phasesChart(latency!, gap)]);
    expect(tables(shown)[0]![0]).toMatchObject({ of: 'held', peakBytes: memory!.held!.peakBytes, ratio: memory!.held!.ratio });
    expect(shown.some(({ is }) => is === 'plot')).toBe(true);
  });

  test('functions, and the instructions that ran', async () => {
    const whole = await wholeRun();
    const shown = await runCells(cellsOf(textOf('functions')), filesOf(whole));
    const { wasm: use, instructionSet } = whole.analysis;
    expect(charts(shown)).toEqual([library.functionsChart(use!.functions)]);
    const [functions, instructions, calls] = tables(shown);
    expect(functions).toEqual(JSON.parse(JSON.stringify(use!.functions)));
    expect(instructions!.map(({ share }) => share)).toEqual(
      (['scalar', 'simd128', 'relaxed', 'threads'] as const).map((kind) => instructionSet![kind].share),
    );
    expect(calls![0]).toMatchObject({ function: 'all threads', share: 1 });
  });

  test('workers, of all predictions and of one', async () => {
    const whole = await wholeRun();
    const shown = await runCells(cellsOf(textOf('workers')), filesOf(whole));
    const { workers } = whole.analysis;
    expect(tables(shown)[0]!.map(({ thread }) => thread)).toEqual(workers!.threads.map(({ thread }) => thread));
    for (const [i, row] of tables(shown)[0]!.entries()) expect(row.busyMs).toBeCloseTo(workers!.threads[i]!.busyMs, 6);
    const one = await runCells(cellsOf(textOf('workers')), filesOf(whole), { Prediction: (options) => options.at(-1) });
    expect(tables(one)[0]![0]!.spinningMs).toBeGreaterThan(workers!.threads[0]!.spinningMs + 1);
  });

  test('causes of the slowest prediction, of another that is chosen, and of all', async () => {
    const whole = await wholeRun();
    const shown = await runCells(cellsOf(textOf('slow-prediction')), filesOf(whole));
    const [bars] = charts(shown);
    expect(bars!.alt).toContain('prediction 6');
    const other = await runCells(cellsOf(textOf('slow-prediction')), filesOf(whole), { Prediction: (options) => options.at(-1) });
    expect(charts(other)[0]!.alt).toContain('prediction 1');
    expect(charts(other)[0]!.spec).not.toEqual(bars!.spec);
    const usual = new Map(whole.analysis.partition!.causes.map(({ id, ms }) => [id, ms]));
    for (const { cause, usualMs } of tables(shown)[0]!) expect(usualMs).toBeCloseTo(usual.get(String(cause)) ?? 0, 6);
  });

  test('two recordings beside each other, and a study', async () => {
    const [first, second] = [await wholeRun(), await recordedFiles('ppocr-det-worker')];
    const files = (path: string) => filesOf(path.includes('/other/') ? second : first)(path);
    const shown = await runCells(cellsOf(textOf('compare')), files);
    const [rows, causes] = tables(shown);
    const told = [first, second].map(({ analysis }) => analysis);
    expect(rows!.map(({ predictionMs }) => predictionMs)).toEqual(told.map(({ latency }) => latency!.prediction!.medianMs));
    for (const { id, ms } of second.analysis.partition!.causes)
      expect(causes!.find(({ cause }) => cause === id)!.second).toBe(ms);
    const study = { files: { 'analysis.json': attachment(JSON.stringify(buildStudyAnalysis())) } };
    const ofStudy = await runCells(cellsOf(textOf('compare')), filesOf(study));
    expect(charts(ofStudy)).toHaveLength(library.studyFigures(buildStudyAnalysis()).length);
    expect(tables(ofStudy).at(-1)!).toHaveLength(buildStudyAnalysis().gap.rows.length);
  });
});

test('the cells of the README of notebooks work as they stand', async () => {
  const readme = readFileSync(join(folder, 'README.md'), 'utf8');
  const examples = Array.from(readme.matchAll(/^```html\n([\s\S]*?)^```$/gm), ([, html]) => cellsOf(html!)).flat();
  expect(examples.map(({ kind }) => kind)).toEqual([...Array(5).fill('javascript'), 'sql', 'markdown']);
  const whole = await wholeRun();
  const shown = await runCells(examples, (path) => whole.files[path.replace('data/my-run/', '')]!);
  expect(shown.map(({ is }) => is)).toEqual(['table', 'plot', 'chart']);
});
