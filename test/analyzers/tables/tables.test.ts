import { table as arquero, op } from 'arquero';
import { mean } from 'simple-statistics';
import { expect, test } from 'vitest';
import { analysisOf, factsOf } from '../../../analyzers/index.js';
import { type AnalysisTables, analysisTables } from '../../../analyzers/tables/index.js';
import { loadInput } from '../../../src/loadInput.js';
import { toArquero } from '../../../src/table/toArquero.js';
import { unpackRecorded } from '../../bundle/unpackRecorded.js';
import { buildManifest } from '../buildManifest.js';
import { RunBuilder, wasm } from '../buildRun.js';

const numberOf = (value: unknown): number => Number(value);

/** One that computes in Wasm, and one that waits for the GPU. */
const names = ['ppocr-det-worker', 'mobilenet-v2-webgl'];

test.each(names)(
  'the tables of the analysis of %s hold each window, whose causes sum to it, and give the same means',
  async (name) => {
    const get = factsOf(await loadInput(await unpackRecorded(name)));
    const analysis = analysisOf(get);
    const tables = analysisTables(get, analysis);
    const windows = toArquero(tables.windows);
    expect(windows.filter((d: { kind: string }) => d.kind === 'prediction').numRows()).toBe(analysis.partition!.windows);
    const sums = toArquero(tables.causes)
      .groupby('window')
      .rollup({ ms: op.sum('ms') })
      .orderby('window')
      .objects() as {
      ms: number;
    }[];
    expect(sums).toHaveLength(windows.numRows());
    for (const [row, { ms }] of sums.entries()) expect(ms).toBeCloseTo(numberOf(windows.get('durationMs', row)), 6);
    const paths = toArquero(tables.path)
      .groupby('window')
      .rollup({ us: op.sum('durationUs') })
      .orderby('window')
      .objects() as {
      us: number;
    }[];
    for (const [row, { us }] of paths.entries()) expect(us / 1000).toBeCloseTo(numberOf(windows.get('durationMs', row)), 6);

    for (const { id, ms } of analysis.partition!.allWindows.causes) expect(meanOf(tables, id)).toBeCloseTo(ms, 6);
    expect(tables.functions.length).toBeGreaterThanOrEqual(analysis.wasm?.functions.length ?? 0);
    const timed = Array.from(
      toArquero(tables.latencies).objects() as { pass: string; kind: string; runtime: string; ms: number }[],
    )
      .filter(({ pass, kind, runtime }) => pass === 'timing' && kind === 'prediction' && runtime === 'browser')
      .map(({ ms }) => ms);
    expect(timed).toHaveLength(analysis.latency!.prediction!.n);
  },
);

/** Over the predictions; those in which a cause has no time have no row. */
function meanOf(tables: AnalysisTables, id: string): number {
  const { kind } = tables.windows.columns;
  const { window, cause, ms } = tables.causes.columns;
  const times = Array.from({ length: tables.windows.length }, () => 0);
  for (let row = 0; row < tables.causes.length; row++) if (cause.at(row) === id) times[window[row]!]! += ms[row]!;
  return mean(times.filter((_, row) => kind.at(row) === 'prediction'));
}

test('set-up and warm-up are windows too, and every activity is in the time of a window', () => {
  const run = new RunBuilder();
  const worker = run.thread().executes(wasm('simd128'), 0, 100);
  worker.phase('setup', 0, 10).phase('warm-up:0', 10, 30).phase('iteration:0', 40, 60);
  const get = factsOf(run.input({ manifest: buildManifest() }));
  const tables = analysisTables(get, analysisOf(get));
  expect(toArquero(tables.windows).array('kind')).toEqual(['setup', 'warm-up', 'prediction']);
  const [first] = toArquero(tables.activities).objects() as { activity: string }[];
  expect(first!.activity).toBe('isa.simd128');
});

test('of what was not recorded all tables are there and empty, but for the reasons', () => {
  const get = factsOf({ ...new RunBuilder().input({}), trace: null });
  const { unknowns, ...tables } = analysisTables(get, analysisOf(get));
  expect(
    arquero({ rows: Object.values(tables).map(({ length }) => length) })
      .rollup({ all: op.sum('rows') })
      .get('all'),
  ).toBe(0);
  const reasons = toArquero(unknowns).objects() as { of: string; id: string }[];
  expect(reasons).toContainEqual(expect.objectContaining({ of: 'partition', id: 'no-trace' }));
});

test('call frames have the name and the activity that the analysis gives them', () => {
  const run = new RunBuilder();
  run.thread().phase('iteration:0', 0, 40).executes(wasm('simd128'), 0, 40);
  const get = factsOf(run.input({}));
  const rows = toArquero(analysisTables(get, analysisOf(get)).callFrameActivities).objects() as {
    function: string;
    activity: string;
  }[];
  expect(rows).toHaveLength(get.input.trace!.tables.callFrames.length);
  expect(rows).toContainEqual(expect.objectContaining({ function: 'wasm-function[0]', activity: 'isa.simd128' }));
});
