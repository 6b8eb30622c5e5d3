import { afterAll, describe, expect, test } from 'vitest';
import type { CauseId } from '../../../analyzers/partition/causes/index.js';
import { findBrowser } from '../../../collectors/browser/findBrowser.js';
import { expectFound, expectWhole, type Finding, findingOf } from '../finding.js';
import { byParity, calmest, difference, type Groups, known, movements } from '../movement.js';
import type { RecordedPlan } from '../recordPlan.js';
import { recordPlan } from '../recordPlan.js';
import { reportFindings } from '../reportFindings.js';
import { scheduledMs } from '../scheduledMs.js';
import { type BusyPage, openBusyPage } from './busyPage.js';
import { gpuPlantings } from './gpuPlantings.js';

/** Enough for means that a few windows in which other programs had the cores do not carry away. */
const ITERATIONS = 160;
/** Of the windows: page, GPU process and device are many threads for few cores, so that what other programs take falls on more of them. */
const CALM_SHARE = 0.5;

const INTRODUCTION = `# Causes planted on the GPU

What the tool finds of causes that were put into real Chromium's use of the GPU in known amounts: \`npm run test:planted\`.

One run asks for a chain of 50 small operators per prediction, through WebGPU or WebGL, and reads back what they made. Every odd prediction has the plant: after
every operator, or behind the chain, when the device has nothing to do, so that no part of it is hidden behind other work. The amount is by how much longer
the page waited, by its own clock around all that makes it wait, less what the kernel and the tool agree on that its thread waited for a core. Found is by how
much the cause is larger in predictions with the plant: means over the calmer half of the windows, by the kernel's word (all windows beside a busy page). Some plants
are two causes by nature: a round trip is also what the GPU process does for the answer, and the bytes that come with it; an upload is
also what the GPU process does with the bytes, which bears no name of its own in WebGPU; a program that is made anew is given back, and taken
apart. A context that draws and is not read back is another one of the page. The test fails where amount and found differ by more than 10 % or 1 ms, whichever is larger, or any other cause moves by more. Rows with nothing planted are the same runs without a plant.

The busy page draws in the same GPU process all the time. Its work stands in the way there; and where the device is software, or computes for both at once, it takes
longer for each by its own clock: both are one amount.
`;

const findings: Finding[] = [];
let browser = 'Chromium';
afterAll(() => reportFindings(findings, browser, 'planted-gpu.md', INTRODUCTION));

/** What grew in the windows of one group against those of the other, kept for the table, then judged. */
function judge(recorded: RecordedPlan, groups: Groups, plant: string, [cause, ...also]: readonly [CauseId, ...CauseId[]]): void {
  expectWhole(recorded);
  browser = recorded.analysis.browser?.product ?? browser;
  const moved = movements(recorded, groups);
  // What wakes up late from a wait is in the wait by the page's clock, and in the kernel's figure: only what both say is preempting is taken out.
  const longerMs = difference(scheduledMs(recorded, 'waitedUs', 'owner'), groups);
  const preemptedMs = moved['contention.preempted'];
  const agreedMs = longerMs * preemptedMs > 0 ? Math.sign(longerMs) * Math.min(Math.abs(longerMs), Math.abs(preemptedMs)) : 0;
  const finding = findingOf(
    {
      plant,
      cause,
      also,
      windows: groups.planted.length + groups.plain.length,
      plantedMs: difference(recorded.measuredMs, groups) - agreedMs,
    },
    moved,
    { 'contention.preempted': agreedMs },
  );
  findings.push(finding);
  expectFound(finding);
}

/** Odd windows against even ones, those in which the fewest threads of page and GPU process lacked a core. */
function calmOddAndEven(recorded: RecordedPlan): Groups {
  const waited = scheduledMs(recorded, 'waitedUs', 'everyone');
  return calmest(known(byParity(ITERATIONS), waited), waited, CALM_SHARE);
}

describe.skipIf(!findBrowser())('a cause planted on the GPU (skipped without a browser: trace doctor --fix)', () => {
  test.each(gpuPlantings)('$backend: $title is found as $causes.0', async ({ title, causes, ...plan }) => {
    const recorded = await recordPlan({ ...plan, iterations: ITERATIONS }, { on: 'worker', v8Flags: [] });
    const groups = calmOddAndEven(recorded);
    expect(difference(recorded.measuredMs, groups)).toBeGreaterThan(2);
    judge(recorded, groups, `${name(plan.backend)}: ${title}`, causes);
  });

  test.each(['webgpu', 'webgl'] as const)('%s: nothing is found where there is nothing', async (backend) => {
    const plan = { backend, plant: 'nothing', amount: 0, iterations: ITERATIONS };
    const recorded = await recordPlan(plan, { on: 'worker', v8Flags: [] });
    judge(recorded, calmOddAndEven(recorded), `${name(backend)}: nothing`, ['gpu.execute']);
  });

  describe.each(['webgpu', 'webgl'] as const)('another page that is busy in the same GPU process, %s', (backend) => {
    test.each([
      ['is found', true],
      ['is not found while it rests', false],
    ])('%s', async (_, isBusy) => {
      let busy: BusyPage;
      /** Where blocks end: in every other one the page is busy. */
      const ends: number[] = [];
      const plan = { backend, plant: 'nothing', amount: 0, iterations: ITERATIONS };
      const recorded = await recordPlan(plan, {
        on: 'worker',
        v8Flags: [],
        beside: async (launched) => {
          busy = await openBusyPage(launched);
        },
        advance(done) {
          ends.push(done);
          if (isBusy && ends.length % 2 === 1) busy.run();
          else busy.pause();
        },
      });
      const blockOf = (window: number): number => ends.findIndex((end) => window < end);
      // The page may hear of it only when a block has begun.
      const settled = Array.from({ length: ITERATIONS }, (_, i) => i).filter((i) => i > 0 && !ends.includes(i));
      const groups = known(
        {
          planted: settled.filter((i) => blockOf(i) % 2 === 1),
          plain: settled.filter((i) => blockOf(i) % 2 === 0),
        },
        scheduledMs(recorded, 'waitedUs', 'owner'),
      );
      if (isBusy) expect(difference(recorded.measuredMs, groups)).toBeGreaterThan(2);
      // The busy page itself makes threads wait for a core, so that only its absence can be judged by calm windows.
      const judged = isBusy ? groups : calmest(groups, scheduledMs(recorded, 'waitedUs', 'everyone'), CALM_SHARE);
      judge(recorded, judged, `${name(backend)}: ${isBusy ? 'a busy page beside it' : 'nothing'}`, [
        'contention.page',
        'gpu.execute',
      ]);
    });
  });
});

const name = (backend: 'webgpu' | 'webgl'): string => ({ webgpu: 'WebGPU', webgl: 'WebGL' })[backend];
