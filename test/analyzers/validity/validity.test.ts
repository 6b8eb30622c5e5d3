import { describe, expect, test } from 'vitest';
import { type Analysis, analyze } from '../../../analyzers/index.js';
import { levelOf, thresholds } from '../../../analyzers/validity/thresholds.js';
import { type Recorded, validityOf } from '../../../analyzers/validity/validity.js';
import type { Manifest } from '../../../src/bundle/manifest.js';
import { loadInput } from '../../../src/loadInput.js';
import { buildPageManifest } from '../../bundle/buildPageManifest.js';
import { unpackRecorded } from '../../bundle/unpackRecorded.js';
import { buildAnalysis } from '../../report/buildAnalysis.js';
import { buildGpuAnalysis, buildGpuUse, phase } from '../../report/buildGpuAnalysis.js';
import { buildPage } from '../../report/buildPage.js';
import { baseline, buildManifest } from '../buildManifest.js';
import { RunBuilder, wasm } from '../buildRun.js';

const recorded: Recorded = { dataLoss: false, traceLost: null };
const of = (parts: Partial<Analysis>, how = recorded) => validityOf(buildAnalysis(parts), how)!;
const reasonsOf = ({ reasons }: { readonly reasons: readonly { readonly id: string; readonly level: string }[] }) =>
  reasons.map(({ id, level }) => `${level} ${id}`);

/** Twelve predictions of 60 ms, in each of which the thread has no core for so long. */
function built(preemptedMs: number, overrides: Partial<Manifest> = {}) {
  const run = new RunBuilder();
  const thread = run.thread();
  for (let i = 0; i < 12; i++) {
    const startMs = 100 * i;
    thread
      .executes(wasm('simd128'), startMs, startMs + 60)
      .preempted(startMs + 60 - preemptedMs, startMs + 60)
      .task(startMs, startMs + 60)
      .phase(`iteration:${i}`, startMs, startMs + 60);
  }
  return analyze(run.input({ manifest: buildManifest(overrides), baseline }));
}

const rounds = (levels: readonly number[]): Manifest['timingPass']['rounds'] =>
  levels.flatMap((browserMs, replicate) =>
    [1, 0.99, 1.01].map((factor) => ({
      part: 'before' as const,
      replicate,
      browserMs: [browserMs * factor],
      nativeMs: [20 * factor],
    })),
  );
const timed = (levels: readonly number[]) => built(0, { timingPass: { ...buildManifest().timingPass, rounds: rounds(levels) } });

describe('the verdict on a measurement', () => {
  test('is good of a sound run in four processes', () => {
    expect(timed([60, 61, 59.5, 60.5]).validity).toEqual({ verdict: 'good', reasons: [] });
  });

  test('is void of a ruined run, whose thread had no core most of the time, and whose machine was busy', () => {
    const { machine } = buildManifest();
    const { validity } = built(50, { machine: { ...machine, busyCores: 4 } });
    expect(validity!.verdict).toBe('void');
    expect(reasonsOf(validity!).slice(0, 2)).toEqual(['void preempted', 'void busy-machine']);
    expect(validity!.reasons[0]!.text).toMatch(/^For 7\d\.\d % of the inferences’ time their thread had no core/);
  });

  test('tells who had the core also where only some of the inferences lacked one, and is void where those are many', () => {
    const { partition } = buildAnalysis();
    const slow = (windows: number) => ({
      partition: {
        ...partition!,
        windows: 20,
        allWindows: { ms: 90, causes: [{ id: 'contention.preempted', ms: 45, share: 0.5 }] },
      },
      outliers: { windows, of: 20, ms: 300, longestMs: 400, typicalMs: 53, more: [] },
      cores: { waitedMs: 45, pageMs: 1, pageThreads: 0, browserMs: 2, othersMs: 90 },
    });
    expect(reasonsOf(of(slow(8)))[0]).toBe('void preempted');
    expect(of(slow(8)).reasons[0]!.text).toMatch(/^For 50\.0 % .* which other programs had\. Quiet the machine/);
    expect(reasonsOf(of(slow(3)))).toContain('fair preempted');
    expect(reasonsOf(of(slow(1))).filter((reason) => reason.endsWith('preempted'))).toEqual([]);
  });

  test('is fair of a machine that was busy right before, and left its cores to the inferences', () => {
    const { machine } = buildManifest();
    expect(reasonsOf(built(0, { machine: { ...machine, busyCores: 4 } }).validity!)).toContain('fair busy-machine');
  });

  test('does not take the browser of a watched page for other programs', () => {
    const { machine } = buildAnalysis();
    const page = validityOf(
      buildAnalysis({ run: null, gap: null, page: buildPage(), machine: { ...machine!, busyCores: 4 } }),
      recorded,
    )!;
    expect(reasonsOf(page).join()).not.toContain('busy-machine');
  });

  test('is fair where it had none for a part of the time, and says nothing of little', () => {
    expect(reasonsOf(built(12).validity!)).toContain('fair preempted');
    expect(reasonsOf(built(2).validity!).join()).not.toContain('preempted');
  });

  test('tells two modes by process as two, and not one latency between them', () => {
    const { validity, latency } = timed([55, 75, 55.5, 74.5]);
    expect(latency!.modes!.map(({ processes, medianMs }) => [processes, Math.round(medianMs)])).toEqual([
      [2, 55],
      [2, 75],
    ]);
    expect(validity!.verdict).toBe('fair');
    expect(validity!.reasons.find(({ id }) => id === 'two-modes')!.text).toContain('55.3 ms in 2 processes, 74.8 ms in 2');
  });

  test('is void of an interval that is wider than its value, which has no negative end', () => {
    const { validity, latency } = timed([5, 40, 350]);
    expect(latency!.prediction!.ci95Ms[0]).toBeGreaterThan(0);
    expect(reasonsOf(validity!)).toContain('void wide-interval');
  });

  test('is of the worst reason, which comes first', () => {
    const { machine, partition } = buildAnalysis();
    const { verdict, reasons } = of({
      machine: { ...machine!, busyCores: 0.5 },
      outputs: { match: false, tolerance: 1e-4, outputs: [] },
      partition: { ...partition!, unattributedShare: 0.2 },
    });
    expect(verdict).toBe('void');
    expect(reasons.map(({ id }) => id)).toEqual(['outputs-differ', 'busy-machine', 'unattributed']);
  });

  test('names the outputs that differ', () => {
    const output = { name: 'y', shape: [1], maxRelativeDifference: 0.031, problem: null };
    expect(of({ outputs: { match: false, tolerance: 1e-4, outputs: [output] } }).reasons[0]!.text).toMatch(
      /^The browser computes something else than native \(y by 3\.1e−2 of its largest value; tolerance 1e−4\)/,
    );
  });

  test.each([
    [0.58, 'fair inferences-unsure'],
    [0.18, 'void inferences-unsure'],
  ] as const)('of inferences found with confidence %s is %s', (confidence, expected) => {
    const inferences = { count: 9, confidence, confidenceWhy: 'Because.' } as Analysis['inferences'];
    expect(reasonsOf(of({ run: null, gap: null, page: buildPage(), inferences }))).toContain(expected);
    expect(reasonsOf(of({ run: null, gap: null, page: buildPage(), inferences: { ...inferences!, confidence: 0.9 } }))).toEqual(
      [],
    );
  });

  test('is void of a page in which no inference was found', () => {
    const run = new RunBuilder();
    run.thread('CrRendererMain').task(0, 10);
    expect(reasonsOf(analyze(run.input({ page: buildPageManifest() })).validity!)).toContain('void no-inferences');
  });

  test('says that the trace was lost, which for a page is all, and that its buffer overflowed', () => {
    const lost = { dataLoss: true, traceLost: 'Chrome did not finish it' };
    expect(reasonsOf(of({}, lost))).toEqual(['fair trace-lost', 'fair data-loss']);
    const page = validityOf(buildAnalysis({ run: null, gap: null, page: buildPage() }), lost)!;
    expect(reasonsOf(page)).toEqual(['void trace-lost', 'fair data-loss']);
    expect(page.reasons[1]!.text).toContain('for a shorter time');
    expect(page.reasons.map(({ text }) => text).join(' ')).not.toContain('for longer');
  });

  test('never asks for a longer and a shorter recording at a time', () => {
    const { latency } = buildAnalysis();
    const prediction = { ...latency!.traced.prediction!, ci95Ms: [30, 90] as const };
    const few = { ...latency!, prediction, traced: { ...latency!.traced, prediction } };
    const { reasons } = validityOf(buildAnalysis({ run: null, gap: null, page: buildPage(), latency: few }), {
      dataLoss: true,
      traceLost: null,
    })!;
    const text = reasons.map((reason) => reason.text).join(' ');
    expect(reasonsOf({ reasons })).toEqual(['void wide-interval', 'fair data-loss']);
    expect(text).not.toMatch(/longer|shorter/);
    expect(text).toContain('nothing else running');
  });

  test('is void where timed predictions took a multiple of traced ones, or the other way round', () => {
    const { latency } = buildAnalysis();
    for (const observerEffect of [0.14, 2.5])
      expect(reasonsOf(of({ latency: { ...latency!, observerEffect } }))).toEqual(['void observer-effect']);
    expect(reasonsOf(of({ latency: { ...latency!, observerEffect: 1.3 } }))).toEqual(['fair observer-effect']);
  });

  test('says that the native run is noisy, and that few processes were timed', () => {
    const { gap, run } = buildAnalysis();
    expect(reasonsOf(of({ gap: { ...gap!, nativeCi95Ms: [10, 16] } }))).toEqual(['fair native-noise']);
    expect(reasonsOf(of({ gap: { ...gap!, effects: [] }, run: { ...run!, replicates: 2 } }))).toEqual(['fair few-processes']);
  });

  test('is void where a GPU was asked for and got no work, unless calls were left out', () => {
    const phases = { ...buildGpuUse().phases, predictions: phase({}) };
    const idle = (dropped: number) => buildGpuAnalysis({ gpu: buildGpuUse({ phases, calls: [], dropped }) });
    expect(reasonsOf(validityOf(idle(0), recorded)!)).toEqual(['void gpu-never-ran']);
    expect(reasonsOf(validityOf(idle(5), recorded)!)).toEqual([]);
    expect(reasonsOf(validityOf(buildGpuAnalysis({ gpu: buildGpuUse({ losses: ['unknown'] }) }), recorded)!)).toEqual([
      'fair gpu-lost',
    ]);
  });

  test('says first that collecting did not finish, where that is why nothing was timed', () => {
    const cut = of({ latency: null, source: { ...buildAnalysis().source, complete: false } });
    expect(reasonsOf(cut).slice(0, 2)).toEqual(['void incomplete', 'void nothing-timed']);
    expect(reasonsOf(of({ source: { ...buildAnalysis().source, complete: false } }))).toContain('fair incomplete');
  });

  test('is none of a trace in which nothing was timed', () => {
    const run = new RunBuilder();
    run.thread().task(0, 10);
    expect(analyze(run.input()).validity).toBeNull();
  });

  test('of the recorded detector, which was timed in few processes, is not good, and not void', async () => {
    const { validity } = analyze(await loadInput(await unpackRecorded('ppocr-det-worker')));
    expect(validity!.verdict).toBe('fair');
  });
});

test('every threshold has two steps in order, and a reason', () => {
  for (const { fair, void: none, why } of Object.values(thresholds)) {
    expect(fair).toBeLessThan(none);
    expect(why.length).toBeGreaterThan(20);
  }
  const { width } = thresholds;
  expect([0.1, 0.2, 0.99, 1].map((value) => levelOf(value, width))).toEqual([null, 'fair', 'fair', 'void']);
});
