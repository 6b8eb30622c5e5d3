import { max, mean, median, quantile } from 'simple-statistics';
import { clip, union } from '../activity/spans.js';
import type { Window } from '../activity/window.js';
import type { Interaction } from './inputs.js';
import { type StageTime, stagesOf } from './stages.js';

/** Interactions inside and outside of windows. One is inside if any of its time, from input to paint, is. */
export interface InteractionTimes {
  readonly during: InteractionsIn;
  readonly outside: InteractionsIn;
}

/** Times from an input to the next frame that shows its effect; null without an interaction. */
export interface InteractionsIn {
  readonly count: number;
  readonly medianMs: number | null;
  readonly p95Ms: number | null;
  readonly longestMs: number | null;
  /** Means of the parts: until handlers began, the handlers, and from their end to the frame. */
  readonly delayMs: number | null;
  readonly processingMs: number | null;
  readonly presentationMs: number | null;
  /** Where the time went, stage by stage; empty where the trace does not tell. */
  readonly stages: readonly StageTime[];
}

/** How soon input showed during inferences, and otherwise. @returns null without an interaction */
export function interactionTimes(interactions: readonly Interaction[], windows: readonly Window[]): InteractionTimes | null {
  if (interactions.length === 0) return null;
  const inWindows = union(windows);
  const isDuring = ({ startUs, latencyUs }: Interaction): boolean => clip(inWindows, startUs, startUs + latencyUs).length > 0;
  return {
    during: timesOf(interactions.filter(isDuring)),
    outside: timesOf(interactions.filter((one) => !isDuring(one))),
  };
}

function timesOf(interactions: readonly Interaction[]): InteractionsIn {
  const ms = (of: (values: number[]) => number, part: Exclude<keyof Interaction, 'stages'>): number | null =>
    interactions.length > 0 ? of(interactions.map((one) => one[part])) / 1000 : null;
  return {
    count: interactions.length,
    medianMs: ms(median, 'latencyUs'),
    p95Ms: ms((values) => quantile(values, 0.95), 'latencyUs'),
    longestMs: ms(max, 'latencyUs'),
    delayMs: ms(mean, 'delayUs'),
    processingMs: ms(mean, 'processingUs'),
    presentationMs: ms(mean, 'presentationUs'),
    stages: stagesOf(interactions),
  };
}
