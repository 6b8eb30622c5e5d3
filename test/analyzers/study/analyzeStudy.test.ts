import { describe, expect, test } from 'vitest';
import { analyzeStudy } from '../../../analyzers/study/index.js';
import { logInterval } from '../../../src/stats/logInterval.js';
import { buildCell, buildLook, buildRun, buildStudyInput, done, failed } from './buildStudy.js';

const cell = buildCell();
/** Medians 20, 22 and 24 ms, natively 10, 11 and 12. */
const runs = [0, 1, 2].map((round) =>
  buildRun(cell, round, {
    browserMs: [19 + 2 * round, 20 + 2 * round, 21 + 2 * round],
    nativeMs: [9 + round, 10 + round, 11 + round],
    setupMs: 100 + 10 * round,
    warmupMs: 60 + 6 * round,
  }),
);
describe('latency', () => {
  test('is the geometric mean of the medians of each fresh browser, with Student’s interval on a log scale', () => {
    const [row] = analyzeStudy(buildStudyInput([cell], runs)).latency;
    expect(row!.predictionMs).toEqual(logInterval([20, 22, 24]));
    expect(row!.setupMs!.value).toBeCloseTo(110, 0);
    expect(row!.warmupMs!.value).toBeCloseTo(66, 0);
    expect([row!.rounds, row!.predictions]).toEqual([3, 9]);
  });

  test('has no interval where one browser tells few numbers', () => {
    const ofOne = (browserMs: number[]) => {
      const run = buildRun(cell, 0, { browserMs, nativeMs: [9], setupMs: 100, warmupMs: 60 });
      return analyzeStudy(buildStudyInput([cell], [run])).latency[0]!;
    };
    expect(ofOne([19, 20, 21]).setupMs).toEqual({ value: 100, ci95: null });
    expect(ofOne([19, 20, 21]).predictionMs).toEqual({ value: 20, ci95: null });
    expect(ofOne([18, 19, 20, 21, 22]).predictionMs!.ci95).toEqual([18, 22]);
  });

  test('leaves out a cell without a run', () => {
    const other = buildCell({ model: 'beta' });
    expect(analyzeStudy(buildStudyInput([cell, other], runs)).latency.map((row) => row.cell.model)).toEqual(['alpha']);
  });
});

describe('the gap', () => {
  test('is paired within each run: what slows both down at a time does not widen it', () => {
    const [row] = analyzeStudy(buildStudyInput([cell], runs)).gap.rows;
    expect(row!.ratio.value).toBeCloseTo(2);
    expect(row!.ratio.ci95![0]).toBeCloseTo(2);
    expect(row!.ratio.ci95![1]).toBeCloseTo(2);
    expect(row!.baseline).toBe('onnxruntime-node 1.30.0, CPU, 2 threads');
  });

  test('is told over tfjs-node too, where that ran beside the ONNX twin', () => {
    expect(analyzeStudy(buildStudyInput([cell], runs)).gap.rows[0]!.tfjsNodeRatio).toBeNull();
    const beside = [0, 1, 2].map((round) => buildRun(cell, round, { browserMs: [40], nativeMs: [10], tfjsNodeMs: [20] }));
    const [row] = analyzeStudy(buildStudyInput([cell], beside)).gap.rows;
    expect([row!.ratio.value, row!.tfjsNodeRatio!.value]).toEqual([expect.closeTo(4), expect.closeTo(2)]);
  });

  test('is summed up per configuration by the geometric mean and the range over models', () => {
    const cells = ['alpha', 'beta', 'gamma'].map((model) => buildCell({ model }));
    const each = cells.map((own, i) => buildRun(own, 0, { browserMs: [[20, 40, 80][i]!], nativeMs: [10] }));
    const [summary, ...rest] = analyzeStudy(buildStudyInput(cells, each)).gap.summaries;
    expect(rest).toEqual([]);
    expect(summary!.geometricMean).toBeCloseTo(4);
    expect(summary).toMatchObject({
      models: 3,
      lowest: { ratio: 2, model: 'The alpha' },
      highest: { ratio: 8, model: 'The gamma' },
    });
  });

  test('keeps configurations apart, and leaves out of means what computed something else', () => {
    const [two, one, bad] = [cell, buildCell({ threads: 1 }), buildCell({ model: 'beta' })];
    const wrong = { match: false, tolerance: 1e-3, outputs: [] };
    const analysis = analyzeStudy(
      buildStudyInput(
        [two, one, bad],
        [
          buildRun(two, 0, { browserMs: [20], nativeMs: [10] }),
          buildRun(one, 0, { browserMs: [30], nativeMs: [10] }),
          buildRun(bad, 0, { browserMs: [90], nativeMs: [10] }, { outputs: wrong }),
        ],
      ),
    );
    expect(analysis.gap.summaries.map(({ geometricMean }) => geometricMean)).toEqual([expect.closeTo(2), expect.closeTo(3)]);
    expect(analysis.gap.rows.map((row) => row.cell.outputs)).toEqual(['agree', 'agree', 'differ']);
    expect(analysis.notes.map(({ id }) => id)).toContain('outputs-differ');
  });

  test('needs a native run', () => {
    const analysis = analyzeStudy(buildStudyInput([cell], [buildRun(cell, 0, { browserMs: [20] })]));
    expect(analysis.gap).toEqual({ rows: [], summaries: [] });
    expect(analysis.notes.map(({ id }) => id)).toContain('no-native');
  });
});

describe('threads and SIMD', () => {
  const four = [
    buildCell({ framework: 'tfjs', threads: 1, simd: false }),
    buildCell({ framework: 'tfjs', threads: 2, simd: false }),
    buildCell({ framework: 'tfjs', threads: 1, simd: true }),
    buildCell({ framework: 'tfjs', threads: 2, simd: true }),
  ];
  /** The machine slows down by half from round to round, for all cells alike. */
  const each = [1, 1.5, 2.25].flatMap((slow, round) =>
    four.map((own, i) => buildRun(own, round, { browserMs: [[100, 60, 50, 25][i]! * slow] })),
  );

  test('take off what their cells say, paired by round', () => {
    const { rows, summaries } = analyzeStudy(buildStudyInput(four, each)).ablation;
    expect(rows).toHaveLength(1);
    const shares = Object.fromEntries(rows[0]!.reductions.map(({ id, share }) => [id, share]));
    for (const [id, value] of [
      ['threads', 0.4],
      ['simd', 0.5],
      ['both', 0.75],
      ['threadsBesideSimd', 0.5],
    ] as const) {
      expect(shares[id]!.value).toBeCloseTo(value);
      expect(shares[id]!.ci95![0]).toBeCloseTo(value);
      expect(shares[id]!.ci95![1]).toBeCloseTo(value);
    }
    expect(rows[0]!.neitherMs!.value).toBeCloseTo(100 * Math.cbrt(1.5 * 2.25));
    expect(summaries.find(({ id }) => id === 'both')).toMatchObject({ models: 1, threads: 2, share: expect.closeTo(0.75) });
  });

  test('are a row even of a framework that has SIMD always', () => {
    const two = [buildCell({ threads: 1 }), buildCell({ threads: 2 })];
    const own = two.map((one, i) => buildRun(one, 0, { browserMs: [[40, 30][i]!] }));
    const [row] = analyzeStudy(buildStudyInput(two, own)).ablation.rows;
    expect(row).toMatchObject({ neitherMs: null, threadsMs: null, threads: 2 });
    expect(row!.reductions.map(({ id, share }) => [id, share.value])).toEqual([['threadsBesideSimd', 0.25]]);
  });

  test('are no row where nothing can be compared', () => {
    expect(analyzeStudy(buildStudyInput([cell], runs)).ablation.rows).toEqual([]);
  });
});

describe('warm-up', () => {
  test('is so many predictions of the same browser', () => {
    const { rows, summaries } = analyzeStudy(buildStudyInput([cell], runs)).warmup;
    expect(rows[0]!.ratio.value).toBeCloseTo(3);
    expect(rows[0]!.ratio.ci95![1]).toBeCloseTo(3);
    expect(summaries[0]!.geometricMean).toBeCloseTo(3);
  });
});

describe('what one run of each cell was looked at for', () => {
  const analysis = analyzeStudy(buildStudyInput([cell], runs, { close: [buildLook(cell)] }));

  test('gives the share of each cause, and what is unattributed', () => {
    expect(analysis.causes[0]).toMatchObject({ windows: 12, windowMedianMs: 100, unattributedShare: 0.25 });
    expect(analysis.causes[0]!.causes.map(({ id, share }) => [id, share])).toEqual([
      ['isa.simd128', 0.75],
      ['unattributed', 0.25],
    ]);
  });

  test('gives the peaks of memory with their phases', () => {
    expect(analysis.memory[0]).toMatchObject({
      modelBytes: 1000,
      live: { ratio: 2 },
      held: { ratio: 10, phase: 'Warm-up' },
      gpuProcess: null,
    });
  });

  test('gives the types of operators that the browser ran, five at most', () => {
    expect(analysis.kernels[0]!.types).toEqual([
      { operator: 'Conv', count: 3, ms: 40, share: 0.8, ratio: 4 },
      { operator: 'Add', count: 2, ms: 10, share: 0.2, ratio: 1 },
    ]);
  });
});

describe('what could not run', () => {
  test('is told with its reasons, and the last of two tries counts', () => {
    const [bad, never] = [buildCell({ model: 'beta' }), buildCell({ model: 'gamma', framework: 'tfjs' })];
    const input = buildStudyInput([cell, bad], runs, {
      unreadable: [{ cell: cell.id, round: 2, problem: 'run.json is not valid JSON' }],
      study: {
        excluded: [{ cell: never, reason: 'TF.js cannot read ONNX' }],
        order: [0, 1, 2].flatMap((round) => [cell, bad].map(({ id }) => ({ cell: id, round }))),
        runs: [
          failed(cell.id, 0, 'the browser went away'),
          ...[0, 1, 2].map((round) => done(cell.id, round)),
          failed(bad.id, 0, 'out of memory'),
          failed(bad.id, 1, 'out of memory'),
        ],
      },
    });
    const { failures, study, source, notes } = analyzeStudy(input);
    expect(failures.excluded).toEqual([{ cell: never, reason: 'TF.js cannot read ONNX' }]);
    expect(failures.failed.map(({ cell: of, reason, rounds }) => [of.model, reason, rounds])).toEqual([
      ['alpha', 'run.json is not valid JSON', [2]],
      ['beta', 'out of memory', [0, 1]],
    ]);
    expect(failures.missing.map(({ cell: of, rounds }) => [of.model, rounds])).toEqual([['beta', [2]]]);
    expect(study.runs).toEqual({ planned: 6, done: 2, failed: 3, missing: 1 });
    expect(source.complete).toBe(false);
    expect(notes.map(({ id }) => id)).toContain('unfinished');
  });

  test('may be everything', () => {
    const input = buildStudyInput([cell], [], {
      study: { order: [{ cell: cell.id, round: 0 }], runs: [failed(cell.id, 0, 'no browser')] },
    });
    const analysis = analyzeStudy(input);
    expect(analysis.latency).toEqual([]);
    expect(analysis.gap.summaries).toEqual([]);
    expect(analysis.failures.failed).toHaveLength(1);
    expect(analysis.cells[0]).toMatchObject({ modelTitle: 'alpha', modelBytes: null, outputs: 'unchecked' });
  });
});

test('says where the CPU does the GPU’s work, by the page’s own word first', () => {
  const webgl = buildCell({ backend: 'webgl', threads: 1 });
  const software = (own: ReturnType<typeof buildLook>[]) =>
    analyzeStudy(buildStudyInput([webgl], [buildRun(webgl, 0, { browserMs: [1] })], { close: own })).cells[0]!.softwareGpu;
  expect(software([])).toBe(false);
  expect(software([buildLook(webgl, { softwareGpu: true })])).toBe(true);
});

test('warns of a ratio between two APIs, and of a machine that was busy', () => {
  const webgl = buildCell({ backend: 'webgl', threads: 1 });
  const run = buildRun(webgl, 0, { browserMs: [1], nativeMs: [20] });
  const machine = { ...run.manifest.machine, busyCores: 0.2 * run.manifest.machine.cores + 0.1 };
  const notes = analyzeStudy(
    buildStudyInput(
      [webgl],
      [{ ...run, manifest: { ...run.manifest, machine }, baseline: { ...run.baseline!, provider: 'webgpu' } }],
    ),
  ).notes.map(({ id }) => id);
  expect(notes).toEqual(expect.arrayContaining(['other-api', 'busy-machine']));
});
