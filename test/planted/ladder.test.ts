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

const run: LadderRun = { threads: 1, on: 'worker', cores: 1, simd: null };
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
    effect: 'runtime.tier',
    subject: ownPage,
    plain: inBrowser,
    planted: switched('runtime.tier', '--liftoff-only'),
  },
  {
    cause: '--wasm-enforce-bounds-checks',
    effect: 'runtime.bounds',
    subject: ownPage,
    plain: inBrowser,
    planted: switched('runtime.bounds', '--wasm-enforce-bounds-checks'),
  },
  {
    cause: 'modules without SIMD',
    effect: 'isa.simd',
    subject: model('tfjs', 'mobilenet-v2'),
    plain: rungsOf({ ...run, simd: true }),
    planted: () => rungsOf({ ...run, simd: false }),
  },
];

const HEAD = [
  '| planted | amount | effect | found | error | largest other movement |',
  '| --- | ---: | --- | ---: | ---: | --- |',
];
const inMs = (ms: number): string => `${ms.toFixed(2)} ms`;

describe.skipIf(!findBrowser())('a cause planted in the ladder (skipped without a browser: trace doctor --fix)', () => {
  const rows: string[] = [];
  afterAll(() => console.log(['', ...HEAD, ...rows, ''].join('\n')));

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
