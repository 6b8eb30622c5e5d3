import type { Interval } from '../../src/stats/interval.js';
import { slopeInterval } from '../../src/stats/slopeInterval.js';
import { studentInterval } from '../../src/stats/studentInterval.js';

/** How fast a size grows from inference to inference. */
export interface Growth {
  readonly bytesPerInference: number;
  readonly ci95Bytes: Interval;
}

/** Fewer changes say nothing of a trend: memory grows in steps, and a step or two may be all that there is. */
const MIN_CHANGES = 4;
/** Most groups of changes. Within a group a rise and a fall cancel out. */
const MOST_GROUPS = 6;
/** Less growth than this in all is no matter. */
const MIN_BYTES = 1 << 20;
/** A size that has not changed for this many times the time that its last step should have lasted has stopped growing. */
const STOPPED = 2;

/**
 * The growth of a size, if it is steady. Memory is taken in steps, which are full at the next one: what it grew between two steps
 * was used up by the inferences between them. These rates must agree, by Student's t, that they are above zero.
 * @param bytes the size after each inference, in order
 * @returns null where it does not grow, or nothing says that it goes on
 */
export function steadyGrowth(bytes: readonly number[]): Growth | null {
  // The last size before a change, and its inference: the memory was full then.
  const full = bytes.flatMap((size, i) => (i > 0 && size !== bytes[i - 1] ? [{ inference: i, bytes: bytes[i - 1]! }] : []));
  const last = bytes.at(-1);
  if (last === undefined || full.length < MIN_CHANGES || last - bytes[0]! < MIN_BYTES) return null;
  const groups = Math.min(MOST_GROUPS, full.length - 1);
  const borders = Array.from({ length: groups + 1 }, (_, i) => full[Math.round((i * (full.length - 1)) / groups)]!);
  const rates = borders
    .slice(1)
    .map((border, i) => (border.bytes - borders[i]!.bytes) / (border.inference - borders[i]!.inference));
  const ci95Bytes = studentInterval(rates);
  if (ci95Bytes[0] <= 0) return null;
  const bytesPerInference = (ci95Bytes[0] + ci95Bytes[1]) / 2;
  const step = full.at(-1)!;
  const lasted = bytes.length - step.inference;
  if (lasted > 1 && lasted * bytesPerInference > STOPPED * (last - step.bytes)) return null;
  return { bytesPerInference, ci95Bytes };
}

/** A size at a time when a number of inferences was done. */
export interface SizeAt {
  readonly inference: number;
  readonly bytes: number;
}

/** Fewer readings in a group may all be before a collection of garbage. */
const GROUP_READINGS = 3;
/** What grows steadily grows by half of it all in the later half; a cache that was filled does not grow any more. */
const LATER_SHARE = 0.25;

/**
 * The growth of a size that holds garbage from time to time, if it is steady. What is held is about the least size of each group
 * of readings; the slope of the line through them must be above zero by Student's t.
 * @param sizes in order
 * @returns null where it does not grow, or there are too few readings
 */
export function floorGrowth(sizes: readonly SizeAt[]): Growth | null {
  const groups = Math.min(MOST_GROUPS + 1, Math.floor(sizes.length / GROUP_READINGS));
  if (groups <= MIN_CHANGES) return null;
  const floors = Array.from({ length: groups }, (_, i) =>
    sizes
      .slice(Math.round((i * sizes.length) / groups), Math.round(((i + 1) * sizes.length) / groups))
      .reduce((least, each) => (each.bytes < least.bytes ? each : least)),
  );
  const [first, middle, last] = [floors[0]!, floors[Math.floor(groups / 2)]!, floors.at(-1)!];
  if (last.bytes - first.bytes < MIN_BYTES || last.bytes - middle.bytes < LATER_SHARE * (last.bytes - first.bytes)) return null;
  const { slope, ci95 } = slopeInterval(floors.map(({ inference, bytes }) => [inference, bytes]));
  return ci95[0] > 0 ? { bytesPerInference: slope, ci95Bytes: ci95 } : null;
}
