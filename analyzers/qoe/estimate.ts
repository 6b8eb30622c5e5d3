import { mean } from 'simple-statistics';
import type { Interval } from '../../src/stats/interval.js';
import { studentInterval } from '../../src/stats/studentInterval.js';

/** A figure of a condition: the mean over its rounds. */
export interface Estimate {
  readonly value: number;
  /** Null of fewer rounds than tell how they vary. */
  readonly ci95: Interval | null;
}

const ENOUGH = 3;

/** Rounds are independent, what happens within one is not: so there is one value each. @returns null without a round */
function estimate(values: readonly number[]): Estimate | null {
  if (values.length === 0) return null;
  return { value: mean([...values]), ci95: values.length < ENOUGH ? null : studentInterval(values) };
}

/** Of times: the geometric mean, as they vary by factors. */
export const estimateTime = (values: readonly number[]): Estimate | null =>
  mapped(estimate(values.filter((value) => value > 0).map(Math.log)), Math.exp);

/** Of rates per second. */
export const estimateRate = (values: readonly number[]): Estimate | null =>
  mapped(estimate(values), (value) => Math.max(0, value));

/** Of fractions of 1. */
export const estimateShare = (values: readonly number[]): Estimate | null =>
  mapped(estimate(values), (value) => Math.min(1, Math.max(0, value)));

/** Increase of times over a control of the same round: 0.67 is 67 % more. */
export const increase = (pairs: readonly (readonly [value: number, control: number])[]): Estimate | null =>
  mapped(
    estimate(pairs.filter(([value, control]) => value > 0 && control > 0).map(([value, control]) => Math.log(value / control))),
    (log) => Math.exp(log) - 1,
  );

function mapped(of: Estimate | null, by: (value: number) => number): Estimate | null {
  return of && { value: by(of.value), ci95: of.ci95 && [by(of.ci95[0]), by(of.ci95[1])] };
}
