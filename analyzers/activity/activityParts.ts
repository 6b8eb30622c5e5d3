import { isWork } from '../../src/wasm/classify.js';
import type { CauseId } from '../partition/causes/index.js';
import { wasmCause } from '../partition/causes/rules.js';
import type { Activity } from './callStacks.js';
import { type Span, subtract } from './spans.js';
import type { SampledFunction } from './wasmFunctions.js';

/** One cause of a function's own time, and the part of it. */
export interface ActivityPart {
  readonly value: CauseId;
  /** Those of a function sum to 1. */
  readonly share: number;
  /** What it may be instead, as far as anybody knows. */
  readonly low: number;
  readonly high: number;
}

/** Per row of callFrames: the causes of a sample in a Wasm function that works, largest first; undefined for all others. */
export type ActivityParts = readonly (readonly ActivityPart[] | undefined)[];

/** @param activities see `stackActivities` */
export function activityParts(functions: readonly (SampledFunction | null)[], activities: readonly Activity[]): ActivityParts {
  const known = new Map<SampledFunction, readonly ActivityPart[]>();
  return functions.map((sampled, row) => {
    // A call of a GPU API is one, whatever calls it.
    if (!sampled?.class || !sampled.parts || !isWork(sampled.class) || activities[row] !== wasmCause(sampled.class))
      return undefined;
    const parts = known.get(sampled) ?? sampled.parts.map(({ class: name, ...part }) => ({ ...part, value: wasmCause(name) }));
    known.set(sampled, parts);
    return parts;
  });
}

/** Whether a call frame's time is of several causes. */
export const isMixed = (parts: readonly ActivityPart[] | undefined): parts is readonly ActivityPart[] =>
  parts !== undefined && parts.filter(({ share }) => share > 0).length > 1;

/**
 * Divides the spans of functions whose time is of several causes. In what order a function comes to its loops no sample shows, so that
 * each span is cut where the shares are, the largest part first.
 * @param cuts parts of these stretches are divided by themselves, as more is known of them
 */
export function divided(
  spans: readonly Span<Activity | readonly ActivityPart[]>[],
  cuts: readonly Span<unknown>[],
): Span<Activity>[] {
  return spans.flatMap((span) => {
    const { value } = span;
    if (typeof value === 'string') return [{ ...span, value }];
    const outside = subtract([span], cuts);
    const pieces = [...outside, ...subtract([span], outside)].sort((a, b) => a.startUs - b.startUs);
    return pieces.flatMap(({ startUs, endUs }) => {
      let from = startUs;
      return value.flatMap(({ value: cause, share }, i): Span<Activity>[] => {
        const until = i === value.length - 1 ? endUs : from + share * (endUs - startUs);
        const part = { startUs: from, endUs: until, value: cause };
        from = until;
        return part.endUs > part.startUs ? [part] : [];
      });
    });
  });
}
