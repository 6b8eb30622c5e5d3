import { cpus } from 'node:os';
import { mean, median } from 'simple-statistics';
import { afterAll, describe, expect, test } from 'vitest';
import { type CauseId, causeIds } from '../../analyzers/partition/causes/index.js';
import { ppocrDet } from '../../models/ppocrDet.js';
import { temporaryFolder } from '../models/temporaryFolder.js';
import { expectFound, expectWhole, type Finding, findingOf } from './finding.js';
import { startHogs } from './hogs.js';
import { byParity, calmest, difference, type Groups, known, movements } from './movement.js';
import { plantings } from './plantings.js';
import { ranMs } from './ranMs.js';
import type { Recorded } from './record.js';
import { recordModel } from './recordModel.js';
import { recordPlan } from './recordPlan.js';
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

One run computes 34 ms of a hand-made Wasm kernel per prediction, and every odd prediction has the plant in the middle. The amount is what
the page's own clock says around it, less the time that the kernel says its thread waited for a core; for other programs on the same
cores it is that waiting itself. Found is by how much the cause is larger in predictions with the plant: means over the calmer two
thirds of the windows, by the kernel's word. The test fails where amount and found differ by more than 10 % or 1 ms, whichever is larger, or any other
cause moves by more. Rows with nothing planted are the same runs with an amount of zero.
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
      const waited = scheduledMs(recorded, 'waitedUs', 'owner');
      const byBlock: Groups = {
        planted: all.filter((i) => blockOf(i) % 2 === 1),
        plain: all.filter((i) => blockOf(i) % 2 === 0),
      };
      const ran = ranMs(recorded);
      const groups = known(known(byBlock, waited), ran);
      const plantedMs = difference(waited, groups);
      // Whoever shares caches and the halves of a core with hogs computes more slowly, too.
      const slowerMs = difference(ran, groups);
      const plant = hogging ? 'other programs on the same cores' : 'nothing';
      judge(
        findingOf({ plant, cause: 'contention.preempted', windows: ITERATIONS, plantedMs }, movements(recorded, groups), {
          'isa.simd128': slowerMs,
        }),
      );
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
