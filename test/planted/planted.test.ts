import { cpus } from 'node:os';
import { mean, median } from 'simple-statistics';
import { afterAll, describe, expect, test } from 'vitest';
import { stackActivities } from '../../analyzers/activity/callStacks.js';
import { machineBusy } from '../../analyzers/activity/scheduling.js';
import { findWasmFunctions } from '../../analyzers/activity/wasmFunctions.js';
import type { Window } from '../../analyzers/activity/window.js';
import { type CoreHolders, coreHolders } from '../../analyzers/contention/coreHolders.js';
import { type CauseId, causeIds, familyOf } from '../../analyzers/partition/causes/index.js';
import { splitWindows } from '../../analyzers/partition/splitWindows.js';
import { threadSteps } from '../../analyzers/steps/sources/threads.js';
import { validityOf } from '../../analyzers/validity/validity.js';
import { findWindows } from '../../analyzers/windows/index.js';
import { ppocrDet } from '../../models/ppocrDet.js';
import { temporaryFolder } from '../models/temporaryFolder.js';
import { expectFound, expectWhole, type Finding, findingOf } from './finding.js';
import { startHogs } from './hogs.js';
import { byParity, calmest, difference, type Groups, known, movements } from './movement.js';
import { THREADS } from './page/plants/tooManyThreads.js';
import { plantings } from './plantings.js';
import { ranMs } from './ranMs.js';
import type { Recorded } from './record.js';
import { recordModel } from './recordModel.js';
import { type RecordedPlan, recordPlan } from './recordPlan.js';
import { reportFindings } from './reportFindings.js';
import { scheduledMs } from './scheduledMs.js';

/**
 * Causes planted in real Chromium, found by the tool. A plant stands in every odd window of one run and in no even one, so that
 * what differs between two processes does not count; its twin is the same run with an amount of zero. How much was planted is told
 * by what knows nothing of the trace: the page's clock around the plant, less what the kernel says that the thread waited for a core.
 *
 * Prints a table at the end; `PLANTED_REPORT=docs npm run test:planted` writes it into that folder, too.
 */
/** Samples come every 2 ms, so single windows say little: of so many the means are known to a quarter of a millisecond. */
const ITERATIONS = 100;

const INTRODUCTION = `# Causes planted on purpose

What the tool finds of causes that were put into real Chromium in known amounts: \`npm run test:planted\`.

One run computes 34 ms of a hand-made Wasm kernel per prediction (68 ms beside a pool), and every odd prediction has the plant in the middle
(a pool: every other ten). The amount is what
the page's own clock says around it, less the time that the kernel says its thread waited for a core; for other threads on the same
cores, of the page or not, it is that waiting itself. Found is by how much the cause is larger in predictions with the plant: means over the calmer two
thirds of the windows, by the kernel's word. The test fails where amount and found differ by more than 10 % or 1 ms, whichever is larger, or any other
cause moves by more. Rows with nothing planted are the same runs with an amount of zero. Where two inferences are begun at once, the windows are
the second ones, and the amount is for how long they wait for the first.
`;

const findings: Finding[] = [];
let browser = 'Chromium';
afterAll(() => reportFindings(findings, browser, 'planted.md', INTRODUCTION));

/** Keeps what was found for the table, then judges it. */
function judge(finding: Finding): void {
  findings.push(finding);
  expectFound(finding);
}

describe.each(plantings)('$title', ({ title, cause, also = [], on, v8Flags, cpu, ...plan }) => {
  test.each([
    ['is found', plan.amountMs],
    ['is not found where there is none', 0],
  ])('%s', async (_, amountMs) => {
    const recorded = await recordPlan({ ...plan, amountMs, iterations: ITERATIONS }, { on, v8Flags });
    expectWhole(recorded);
    browser = recorded.analysis.browser?.product ?? browser;
    const waited = scheduledMs(recorded, 'waitedUs', 'all');
    const ran = ranMs(recorded);
    const groups = calmest(known(known(byParity(ITERATIONS), waited), ran), waited);
    const longerMs = difference(scheduledMs(recorded, 'waitedUs', 'owner'), groups);
    // The page's clock goes on while its thread waits for a core.
    const plantedMs = difference(recorded.measuredMs, groups) - longerMs;
    const windows = groups.planted.length + groups.plain.length;
    const plant = amountMs > 0 ? title : 'nothing';
    // Two threads on the halves of one core make each other slower: what the owner ran longer, beside the plant, is the base's.
    const slowerMs = cpu === 'some' ? 0 : difference(ran, groups) - (cpu === 'all' ? plantedMs : 0);
    const explained = { 'contention.preempted': longerMs, [`isa.${plan.base}`]: slowerMs };
    judge(findingOf({ plant, cause, also, windows, plantedMs }, movements(recorded, groups), explained));
  });
});

/** The finding of run-queue wait that was planted, where whoever shares caches and the halves of a core with others computes more slowly, too. */
function preemptedFinding(plant: string, recorded: RecordedPlan, all: Groups): Finding {
  const waited = scheduledMs(recorded, 'waitedUs', 'owner');
  const ran = ranMs(recorded);
  const groups = known(known(all, waited), ran);
  const plantedMs = difference(waited, groups);
  return findingOf({ plant, cause: 'contention.preempted', windows: ITERATIONS, plantedMs }, movements(recorded, groups), {
    'isa.simd128': difference(ran, groups),
    // Where the machine is busy, a thread of a pool may end late.
    'contention.workers': difference(recorded.measuredMs, groups),
  });
}

/**
 * How much longer others used the cores in planted windows than in the same time without the plant, by the product's own figures, and
 * what is advised where that is all.
 */
function holdersOf({ input, bundled, split, analysis }: Recorded, { planted, plain }: Groups) {
  const busy = machineBusy(input.scheduling!.system!);
  const [taken, usual] = [planted, plain].map((group) => {
    const windows = group.map((i) => split.windows[i]!);
    const ms = mean(windows.map(({ window }) => (window.endUs - window.startUs) / 1000));
    return { ms, ...coreHolders(input.trace!, bundled, busy, { windows })! };
  });
  const more = (of: (cores: CoreHolders) => number | null): number =>
    Math.max(0, of(taken!)! - (of(usual!)! * taken!.ms) / usual!.ms);
  const cores = {
    ...taken!,
    pageMs: more(({ pageMs }) => pageMs),
    browserMs: more(({ browserMs }) => browserMs),
    othersMs: more(({ othersMs }) => othersMs),
  };
  const fewer = threadSteps({ ...analysis, cores }).find(({ step }) => step.id === 'threads.fewer');
  const verdict = validityOf({ ...analysis, cores }, { dataLoss: false, traceLost: null });
  return {
    cores,
    advice: fewer?.step.evidence.join(' ') ?? null,
    doubts: verdict?.reasons.map(({ text }) => text).join(' ') ?? '',
  };
}

describe('a pool of many threads on few cores', () => {
  /** Of windows with the pool at work, as who reads the kernel's figures lacks a core then, too. */
  const BLOCK = 10;

  test.each([
    ['is found', 6],
    ['is not found where its threads sleep', 0],
  ])('%s', async (_, amountMs) => {
    const plan = { plant: 'tooManyThreads', base: 'simd128', amountMs, iterations: ITERATIONS, block: BLOCK } as const;
    const recorded = await recordPlan(plan, { on: 'worker', v8Flags: [] });
    expectWhole(recorded);
    const plant = amountMs > 0 ? 'a pool of four threads for each core' : 'nothing';
    const groups = byParity(ITERATIONS, BLOCK);
    judge(preemptedFinding(plant, recorded, groups));
    const { cores, advice } = holdersOf(recorded, groups);
    if (amountMs > 0) {
      // Each thread has one that samples it, too.
      expect(cores.pageMs).toBeGreaterThan(0.9 * THREADS * cpus().length * amountMs);
      expect(cores.pageMs).toBeLessThan(1.3 * THREADS * cpus().length * amountMs);
      expect(cores.pageMs).toBeGreaterThan(2 * Math.max(cores.browserMs, cores.othersMs));
      expect(cores.pageThreads).toBeGreaterThanOrEqual(THREADS * cpus().length);
      expect(advice).toMatch(/the page’s own \d+ other threads had the core/);
    } else expect(cores.pageThreads).toBeLessThanOrEqual(cpus().length);
  });
});

/** The code of such polling is as that of work. What gives it away is that it goes on between inferences. */
test.each([
  ['that polls by an atomic that writes is found polling', 15],
  ['that sleeps is not', 0],
])('a worker with less work %s', async (_, amountMs) => {
  const plan = { plant: 'pollingWorker', base: 'simd128', amountMs, iterations: ITERATIONS } as const;
  const recorded = await recordPlan(plan, { on: 'worker', v8Flags: [] });
  expectWhole(recorded);
  const { workers, wasm } = recorded.analysis;
  const [worker] = workers!.threads.filter(({ owner }) => !owner);
  const computedMs = mean(recorded.measuredMs);
  const polledMs =
    amountMs > 0 ? mean(recorded.split.windows.map(({ window }) => window.endUs - window.startUs)) / 1000 - computedMs : 0;
  expect(polledMs).toBeGreaterThanOrEqual(amountMs / 2);
  expect(Math.abs(worker!.spinningMs - polledMs)).toBeLessThan(Math.max(1, 0.1 * polledMs));
  const polling = wasm!.functions.flatMap(({ evidence }) => evidence ?? []);
  expect(polling).toEqual(amountMs > 0 ? [expect.stringMatching(/^polls: /)] : []);
});

describe.each([
  ['in one task', 'overlappingInOneTask'],
  ['in a task each', 'overlappingInTasks'],
])('two inferences at once on one worker, %s', (how, plant) => {
  test.each([
    ['the second waits for the first', 1],
    ['neither waits where they come one after the other', 0],
  ])('%s', async (_, amountMs) => {
    const plan = { plant, base: 'simd128', amountMs, iterations: ITERATIONS } as const;
    const recorded = secondOfTwo(await recordPlan(plan, { on: 'worker', v8Flags: [] }));
    expectWhole(recorded);
    const waited = scheduledMs(recorded, 'waitedUs', 'all');
    const ran = ranMs(recorded);
    const groups = calmest(known(known(byParity(ITERATIONS), waited), ran), waited);
    const longerMs = difference(scheduledMs(recorded, 'waitedUs', 'owner'), groups);
    const plantedMs = difference(recorded.measuredMs, groups) - longerMs;
    const windows = groups.planted.length + groups.plain.length;
    const explained = { 'contention.preempted': longerMs, 'isa.simd128': difference(ran, groups) - plantedMs };
    const title = amountMs > 0 ? `an inference that began before, ${how}` : 'nothing';
    judge(findingOf({ plant: title, cause: 'contention.page', windows, plantedMs }, movements(recorded, groups), explained));
  });
});

/** A recording in which the page measured two inferences in each prediction, with the second ones for its windows. */
function secondOfTwo(recorded: RecordedPlan): RecordedPlan {
  const { input, split, bundled } = recorded;
  const trace = input.trace!;
  const { functions } = findWasmFunctions(trace, input.modules);
  const found = findWindows(trace, null, 'infer', functions);
  const isMeasured = (window: Window): boolean =>
    split.windows.some(({ window: { startUs, endUs } }) => startUs <= window.startUs && window.endUs <= endUs);
  const windows = found.windows.filter(isMeasured);
  expect(windows).toHaveLength(2 * ITERATIONS);
  const both = splitWindows(trace, { ...found, windows }, stackActivities(trace, functions), bundled);
  return { ...recorded, split: { ...both, windows: both.windows.filter((_, i) => i % 2 === 1) } };
}

test('what Chrome paints of a page that calls no GPU API is no GPU work of its inferences', async () => {
  const plan = { plant: 'painting', base: 'simd128', amountMs: 60, iterations: 20, withGpu: true } as const;
  const recorded = await recordPlan(plan, { on: 'main', v8Flags: [] });
  expectWhole(recorded);
  const { name } = recorded.input.trace!.tables.slices.columns;
  expect(name.strings).toContain('CommandBufferHelper::Flush');
  const planted = recorded.split.windows.filter((_, i) => i % 2 === 1);
  const meanMs = (ids: readonly CauseId[]): number =>
    mean(planted.map(({ split }) => ids.reduce((sum, id) => sum + split[id] / 1000, 0)));
  expect(meanMs(causeIds.filter((id) => familyOf(id) === 'gpu'))).toBe(0);
  expect(meanMs(['wait.timer', 'contention.page'])).toBeGreaterThan(30);
});

describe('other programs on the same cores', () => {
  const plan = { plant: 'nothing', base: 'simd128', amountMs: 0, iterations: ITERATIONS } as const;

  test.each([
    ['are found', true],
    ['are not found where there are none', false],
  ])('%s', async (_, hogging) => {
    const hogs = await startHogs(cpus().length);
    /** Where blocks end: every other one has the hogs running. */
    const ends: number[] = [];
    const advance = (done: number): void => {
      ends.push(done);
      if (hogging && ends.length % 2 === 1) hogs.run();
      else hogs.pause();
    };
    try {
      const recorded = await recordPlan(plan, { on: 'worker', v8Flags: [], advance });
      expectWhole(recorded);
      const blockOf = (window: number): number => ends.findIndex((end) => window < end);
      const all = Array.from({ length: ITERATIONS }, (_, i) => i);
      const byBlock: Groups = {
        planted: all.filter((i) => blockOf(i) % 2 === 1),
        plain: all.filter((i) => blockOf(i) % 2 === 0),
      };
      judge(preemptedFinding(hogging ? 'other programs on the same cores' : 'nothing', recorded, byBlock));
      const { cores, advice, doubts } = holdersOf(recorded, byBlock);
      if (hogging) {
        expect(cores.othersMs).toBeGreaterThan(2 * Math.max(cores.pageMs, cores.browserMs));
        expect(doubts).toMatch(/which other programs had\..*Quiet the machine/);
        expect(advice).toBeNull();
      }
    } finally {
      hogs.end();
    }
  });
});

test('functions first called in the warm-up are found as compiling, and only there', async () => {
  const record = (amountMs: number) =>
    recordPlan({ plant: 'lazyFunctions', base: 'simd128', amountMs, iterations: 4 }, { on: 'worker', v8Flags: [] });
  const [planted, plain] = [await record(1), await record(0)];
  const waitedMs = ({ split, bundled }: Recorded): number => {
    const { window } = split.warmup!;
    const owner = bundled.find(({ row }) => row === window.thread)!;
    return owner.during([window]).waitedUs / 1000;
  };
  const longerMs = waitedMs(planted) - waitedMs(plain);
  const moved = Object.fromEntries(
    causeIds.map((id) => [id, (planted.split.warmup!.split[id] - plain.split.warmup!.split[id]) / 1000]),
  ) as ReturnType<typeof movements>;
  for (const recorded of [planted, plain]) {
    expectWhole(recorded);
    expect(median(recorded.split.windows.map(({ split }) => split['runtime.compile'] / 1000))).toBeLessThan(0.1);
  }
  judge(
    findingOf(
      {
        plant: 'functions first called in the warm-up',
        cause: 'runtime.compile',
        windows: 2,
        plantedMs: planted.warmupMs - plain.warmupMs - longerMs,
      },
      moved,
      { 'contention.preempted': longerMs },
    ),
  );
});

/**
 * ONNX Runtime's threads wait by polling. There is no run of two threads that sleep to compare with: `session.intra_op.allow_spinning`
 * does nothing in a page, since the threaded build uses the pool of the environment and not one of the session
 * (https://github.com/microsoft/onnxruntime/pull/18480). The twin is one thread, which has no pool and nobody to wait for.
 */
test('threads of ONNX Runtime that wait for one another are found polling, for by the kernel’s word they do not sleep, and one alone not', async () => {
  const model = await ppocrDet.write(await temporaryFolder());
  const pool = await recordModel(model, { threads: 2, iterations: ITERATIONS });
  const alone = await recordModel(model, { threads: 1, iterations: ITERATIONS });
  for (const recorded of [pool, alone]) expectWhole(recorded);
  const lengthsOf = ({ split }: Recorded): number[] => split.windows.map(({ window }) => (window.endUs - window.startUs) / 1000);
  const shareOf = (recorded: Recorded, cause: CauseId): number =>
    mean(recorded.split.windows.map(({ split }) => split[cause] / 1000)) / mean(lengthsOf(recorded));
  const ran = scheduledMs(pool, 'ranUs', 'owner');
  const waited = scheduledMs(pool, 'waitedUs', 'owner');
  const lengths = lengthsOf(pool);
  const sleptMs = mean(lengths.map((ms, i) => ms - ran[i]! - waited[i]!).filter((ms) => !Number.isNaN(ms)));
  expect(sleptMs).toBeLessThan(0.1 * mean(lengths));
  expect(shareOf(pool, 'contention.workers')).toBeLessThan(0.1);
  expect(shareOf(pool, 'contention.spin')).toBeGreaterThan(0.03);
  for (const cause of ['contention.spin', 'contention.workers'] as const) {
    expect(shareOf(alone, cause), cause).toBeLessThan(0.01);
  }
});
