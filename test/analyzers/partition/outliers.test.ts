import { describe, expect, test } from 'vitest';
import { type Analysis, analyze } from '../../../analyzers/index.js';
import { buildPageManifest } from '../../bundle/buildPageManifest.js';
import { type Frame, RunBuilder, wasm } from '../buildRun.js';
import { expectSound } from '../steps/sound.js';

const decode: Frame = { functionName: 'decode', url: 'https://page.example/app.js', codeType: 'JS', lineNumber: 11 };
const WINDOWS = 80;
const SLOW = new Set([20, 60]);

interface Planted {
  /** What the slow ones hold more of, 500 ms; null: nothing, and none is slow. */
  readonly more: 'script' | 'gc' | 'compile' | 'wasm' | null;
}

/** Eighty inferences of 10 ms of Wasm in a page, of which two take 500 ms longer. */
function page({ more }: Planted): Analysis {
  const run = new RunBuilder();
  const worker = run.thread();
  let at = 1000;
  for (let i = 0; i <= WINDOWS; i++) {
    const isSlow = more !== null && SLOW.has(i);
    const end = at + (isSlow ? 510 : 10);
    worker
      .task(at, end)
      .measure('detect', at, end)
      .executes(wasm('simd128'), at, at + 10);
    if (isSlow) {
      worker.executes(more === 'script' ? decode : wasm('simd128'), at + 10, end);
      if (more === 'gc') worker.slice('MajorGC', at + 10, end);
      if (more === 'compile') worker.slice('wasm.CompileLazy', at + 10, end);
    }
    at = end + 20;
  }
  return analyze(run.input({ page: buildPageManifest(), mark: 'detect' }));
}

const shareOf = (analysis: Analysis, id: string): number =>
  analysis.partition!.causes.find((cause) => cause.id === id)?.share ?? 0;

describe('of eighty predictions, two of which hold 500 ms of a script of the page', () => {
  const analysis = page({ more: 'script' });
  const { partition, outliers, steps, notes } = analysis;

  test('the split is of the typical ones: it has none of it, and its times sum to a prediction', () => {
    expect(partition).toMatchObject({ windows: WINDOWS, typical: { windows: WINDOWS - SLOW.size } });
    expect(partition!.typical.ms).toBeCloseTo(10, 6);
    expect(partition!.windowMedianMs).toBeCloseTo(10, 6);
    expect(shareOf(analysis, 'page.script')).toBe(0);
    expect(shareOf(analysis, 'isa.simd128')).toBeCloseTo(1, 6);
    expect(partition!.causes.reduce((sum, { ms }) => sum + ms, 0)).toBeCloseTo(partition!.typical.ms, 9);
    expect(analysis.glue?.functions ?? []).toEqual([]);
  });

  test('all of them are kept beside it', () => {
    const { ms, causes } = partition!.allWindows;
    expect(ms).toBeCloseTo((78 * 10 + 2 * 510) / 80, 6);
    expect(causes.map(({ id }) => id)).toEqual(['page.script', 'isa.simd128']);
    expect(causes.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
    expect(causes.reduce((sum, cause) => sum + cause.ms, 0)).toBeCloseTo(ms, 9);
  });

  test('they are a finding of their own: how many, how much longer, and in which line', () => {
    expect(outliers).toMatchObject({ windows: 2, of: WINDOWS, longestMs: 510 });
    expect(outliers!.ms).toBeCloseTo(510, 6);
    expect(outliers!.typicalMs).toBeCloseTo(10, 6);
    const [first, ...others] = outliers!.more;
    expect(others).toEqual([]);
    expect(first).toMatchObject({ id: 'page.script', functions: [{ function: 'decode', script: decode.url, line: 12 }] });
    expect(first!.ms).toBeCloseTo(500, -1);
    expect(first!.share).toBeCloseTo(1, 1);
    const note = notes.find(({ id }) => id === 'slow-predictions')!;
    expect(note.text).toMatch(/^2 of 80 traced predictions take 510 ms at the mean, 51\.0× a typical one .*decode, app\.js:12/);
  });

  test('and a step, with what it saves of each of them', () => {
    const step = steps!.find(({ id }) => id === 'predictions.slow')!;
    expect(step).toMatchObject({
      who: 'you',
      saves: { of: 'slow prediction', kind: 'bound' },
      where: [{ function: 'decode', script: decode.url, line: 12 }],
    });
    expect(step.saves.ms).toBeCloseTo(500, -1);
    expect(step.title).toContain('decode, app.js:12');
    expectSound(steps!);
  });
});

test('where none is slow there is neither', () => {
  const { outliers, steps, notes, partition } = page({ more: null });
  expect(outliers).toBeNull();
  expect(steps!.map(({ id }) => id)).not.toContain('predictions.slow');
  expect(notes.map(({ id }) => id)).not.toContain('slow-predictions');
  expect(partition!.typical.windows).toBe(WINDOWS);
});

test.each([
  ['gc', 'runtime.gc', /less garbage/],
  ['compile', 'runtime.compile', /Warm up with more inferences/],
] as const)('%s in two of them is told as that, with what to do', (more, id, title) => {
  const { outliers, steps } = page({ more });
  expect(outliers!.more.map((cause) => cause.id)).toEqual([id]);
  expect(steps!.find((step) => step.id === 'predictions.slow')!.title).toMatch(title);
});

test('a finding of which nobody can do anything is no step', () => {
  const { outliers, steps } = page({ more: 'wasm' });
  expect(outliers!.more.map(({ id }) => id)).toEqual(['isa.simd128']);
  expect(steps!.map(({ id }) => id)).not.toContain('predictions.slow');
});
