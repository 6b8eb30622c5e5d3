import { firstWhere } from './firstWhere.js';
import type { Span } from './spans.js';

/** Where moments lie among the tasks of a thread. */
export interface TaskBorders {
  /** The same for two moments if no task begins or ends between them. */
  placeOf(atUs: number): number;
  /** When the place began, and when it ends, µs; infinite before the first task and behind the last one. */
  startUs(place: number): number;
  endUs(place: number): number;
}

/** @param tasks by time, free of overlap */
export function taskBorders(tasks: readonly Omit<Span<unknown>, 'value'>[]): TaskBorders {
  /** Border 2i is where task i begins, 2i + 1 where it ends. */
  const border = (i: number): number => (i % 2 === 0 ? tasks[i / 2]!.startUs : tasks[(i - 1) / 2]!.endUs);
  const count = 2 * tasks.length;
  return {
    placeOf: (atUs) => firstWhere(count, (i) => border(i) > atUs),
    startUs: (place) => (place > 0 ? border(place - 1) : Number.NEGATIVE_INFINITY),
    endUs: (place) => (place < count ? border(place) : Number.POSITIVE_INFINITY),
  };
}
