import { expect } from 'vitest';
import type { CauseId } from '../../analyzers/partition/causes/index.js';
import type { Recorded } from './record.js';

/** What was planted, and what the tool found of it, ms. */
export interface Finding {
  /** What was planted, in words. */
  readonly plant: string;
  readonly cause: CauseId;
  /** Causes that grow with it by nature, and are found together with it. */
  readonly also?: readonly CauseId[];
  /** Windows compared, with the plant and without. */
  readonly windows: number;
  readonly plantedMs: number;
  readonly foundMs: number;
  /** Of all other causes, the one that moved most. */
  readonly other: CauseId;
  readonly otherMs: number;
}

/** 10 % of the amount, or 1 ms. */
const marginOf = (amountMs: number): number => Math.max(1, 0.1 * amountMs);

/** What is not known is not to pass for what did not move. */
const weightOf = (ms: number): number => (Number.isNaN(ms) ? Number.POSITIVE_INFINITY : Math.abs(ms));

/**
 * @param moved by how much each cause grew with the plant, ms
 * @param explained by how much other causes had to grow, by the kernel's word, ms: being preempted by what its waiting for a core grew
 */
export function findingOf(
  { plant, cause, also = [], windows, plantedMs }: Pick<Finding, 'plant' | 'cause' | 'also' | 'windows' | 'plantedMs'>,
  moved: Readonly<Record<CauseId, number>>,
  explained: Readonly<Partial<Record<CauseId, number>>>,
): Finding {
  const others = (Object.entries(moved) as [CauseId, number][])
    .filter(([id]) => id !== cause && !also.includes(id))
    .map(([id, ms]): [CauseId, number] => [id, ms - (explained[id] ?? 0)])
    .sort(([, a], [, b]) => weightOf(b) - weightOf(a));
  const [other, otherMs] = others[0]!;
  const foundMs = [cause, ...also].reduce((sum, id) => sum + moved[id], 0);
  return { plant, cause, also, windows, plantedMs, foundMs, other, otherMs };
}

/** The cause grew by what was planted, and no other moved. */
export function expectFound({ cause, plantedMs, foundMs, other, otherMs }: Finding): void {
  const marginMs = marginOf(plantedMs);
  expect(Math.abs(foundMs - plantedMs), `${cause}: planted ${plantedMs} ms, found ${foundMs} ms`).toBeLessThanOrEqual(marginMs);
  expect(Math.abs(otherMs), `${other} moved by ${otherMs} ms`).toBeLessThanOrEqual(marginMs);
}

/** Every microsecond of every window, and of the warm-up, has one cause. */
export function expectWhole({ split, analysis }: Recorded): void {
  for (const { window, split: parts } of [...split.windows, ...(split.warmup ? [split.warmup] : [])]) {
    const sumUs = Object.values(parts).reduce((sum, us) => sum + us, 0);
    expect(sumUs / (window.endUs - window.startUs)).toBeCloseTo(1, 6);
  }
  expect(analysis.partition!.causes.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 6);
}
