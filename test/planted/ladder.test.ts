import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { findBrowser } from '../../collectors/browser/findBrowser.js';
import { type LadderRun, type Rung, rungsOf } from '../../collectors/ladder/rungs.js';
import { climbPlanted } from './climbPlanted.js';
import { model, ownPage, type WithSubject } from './ladderSubjects.js';

interface Planting {
  readonly cause: string;
  /** The effect that is to hold it. */
  readonly effect: string;
  readonly subject: WithSubject;
  readonly plain: readonly Rung[];
  /** The chain with the cause in its upper rungs. */
  planted(plain: readonly Rung[]): Rung[];
}

const run: LadderRun = { backend: 'wasm', threads: 1, on: 'worker', cores: 1, simd: null };
/** Without a native form the chain begins in the browser. */
const inBrowser = rungsOf(run).filter(({ runtime }) => runtime === 'browser');

/** From the rung of that name upwards, V8 has one switch more. */
const switched =
  (from: string, flag: string) =>
  (plain: readonly Rung[]): Rung[] => {
    const first = plain.findIndex(({ id }) => id === from);
    return plain.map((rung, i) => (i < first ? rung : { ...rung, v8Flags: [...rung.v8Flags, flag] }));
  };

const plantings: readonly Planting[] = [
  {
    cause: '--liftoff-only',
    effect: 'effect.tier',
    subject: ownPage,
    plain: inBrowser,
    planted: switched('runtime.tier', '--liftoff-only'),
  },
  {
    cause: '--wasm-enforce-bounds-checks',
    effect: 'effect.bounds',
    subject: ownPage,
    plain: inBrowser,
    planted: switched('runtime.bounds', '--wasm-enforce-bounds-checks'),
  },
  {
    cause: 'modules without SIMD',
    effect: 'effect.simd',
    subject: model('tfjs', 'mobilenet-v2'),
    plain: rungsOf({ ...run, simd: true }),
    planted: () => rungsOf({ ...run, simd: false }),
  },
];

const INTRODUCTION = `# Switches planted in the ladder

What the ladder finds of causes that switches plant from one of its rungs upwards: \`npm run test:planted\`.

Both chains, with the cause and without, run side by side in the same rounds, each rung in a browser of its own, opened anew five times. The amount is
what a further pair of browsers with and without the switch says, which neither chain knows. Of each rung the fastest quarter of its predictions counts, as
up to nine browsers share few cores. Found is by how much the effect is larger in the planted chain: the median of
the five. The test fails where both differ by more than 10 % or
1 ms, whichever is larger, where any other effect moves by more, or where the effects do not sum to the gap. The first two run a hand-made module of 64
loops over memory, the last MobileNetV2 in TF.js. Effects are not quite independent: V8 checks the stack once a turn of a loop, which costs something in
optimized code and next to nothing in baseline code, so planting the baseline tier takes a little from \`effect.stack\`.
`;

const HEAD = [
  '| planted | amount | effect | found | error | largest other movement |',
  '| --- | ---: | --- | ---: | ---: | --- |',
];
const inMs = (ms: number): string => `${ms.toFixed(2)} ms`;

describe.skipIf(!findBrowser())('a cause planted in the ladder (skipped without a browser: trace doctor --fix)', () => {
  const rows: string[] = [];
  afterAll(async () => {
    const table = [...HEAD, ...rows].join('\n');
    console.log(`\n${table}\n`);
    if (process.env.PLANTED_REPORT)
      await writeFile(join(process.env.PLANTED_REPORT, 'planted-ladder.md'), `${INTRODUCTION}\n${table}\n`);
  });

  test.each(plantings)('$cause is found in $effect, and nowhere else', async (planting) => {
    const { cause, effect, plain } = planting;
    const { plantedMs, movedMs, missingMs } = await planting.subject((subject) =>
      climbPlanted(subject, { plain, planted: planting.planted(plain) }),
    );
    const foundMs = movedMs.get(effect)!;
    const others = [...movedMs].filter(([id]) => id !== effect).sort(([, a], [, b]) => Math.abs(b) - Math.abs(a));
    const [other, otherMs] = others[0]!;
    const cells = [
      cause,
      inMs(plantedMs),
      `\`${effect}\``,
      inMs(foundMs),
      inMs(foundMs - plantedMs),
      `\`${other}\` ${inMs(otherMs)}`,
    ];
    rows.push(`| ${cells.join(' | ')} |`);
    const marginMs = Math.max(1, 0.1 * plantedMs);
    expect(plantedMs).toBeGreaterThan(2);
    expect(Math.abs(foundMs - plantedMs), `planted ${inMs(plantedMs)}, found ${inMs(foundMs)}`).toBeLessThanOrEqual(marginMs);
    expect(Math.abs(otherMs), `${other} moved by ${inMs(otherMs)}`).toBeLessThanOrEqual(marginMs);
    expect(Math.abs(missingMs)).toBeLessThan(1e-9);
  });
});
