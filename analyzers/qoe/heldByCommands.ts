import { quantile } from 'simple-statistics';
import type { Trace } from '../../src/trace/trace.js';
import { findSlices } from '../activity/findSlices.js';
import { scriptCommands } from '../activity/gpu/clients.js';
import { lowerBound } from '../activity/search.js';
import { type Span, union } from '../activity/spans.js';
import { gpu } from '../partition/causes/index.js';
import { gpuProcessCause } from '../partition/causes/rules.js';

/** Fewer waits do not tell how long one usually is. */
const ENOUGH_WAITS = 5;
/** A wait is longer than usual if it is longer than this part of the others. */
const USUAL = 0.9;

/** Whether a thread of the GPU process waits for the device in a slice of that name. */
export const isDeviceWait = (name: string): boolean => gpuProcessCause(name) === gpu.execute.id;

/**
 * When a thread of the GPU process was held by commands of scripts for WebGL or WebGPU: it worked on them, or it waited for the device to
 * draw a frame and had sent commands of scripts there since it last waited. The device works in order, so it computed these first: as much
 * of the wait is theirs as it was longer than waits without such commands. Sorted without overlap.
 */
export function heldByCommands(trace: Trace, thread: number): readonly Span<null>[] {
  const commands = scriptCommands(trace, thread);
  if (commands.length === 0) return [];
  const found = findSlices(
    trace,
    [thread],
    (name) => (isDeviceWait(name) ? 'waits' : null),
    (waiting) => waiting,
  );
  const waits = union(found.get(thread) ?? []);
  const sentUs = commands.map(({ startUs }) => startUs);
  const isBehind = waits.map(({ startUs }, i) => {
    const last = sentUs[lowerBound(sentUs, startUs) - 1];
    return last !== undefined && last >= (waits[i - 1]?.endUs ?? Number.NEGATIVE_INFINITY);
  });
  const othersUs = waits.filter((_, i) => !isBehind[i]).map(({ startUs, endUs }) => endUs - startUs);
  if (othersUs.length < ENOUGH_WAITS) return commands;
  const usualUs = quantile(othersUs, USUAL);
  const longer = waits.filter(({ startUs, endUs }, i) => isBehind[i] && endUs - startUs > usualUs);
  return union([...commands, ...longer.map(({ startUs, endUs }) => ({ startUs, endUs: endUs - usualUs }))]);
}
