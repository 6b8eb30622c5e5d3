import { max } from 'simple-statistics';
import type { Trace } from '../../src/trace/trace.js';
import type { ScheduledThread } from '../activity/scheduling.js';
import { clip, type Span } from '../activity/spans.js';
import { threadLabel } from '../activity/threads.js';
import type { Window } from '../activity/window.js';
import { contention, familyOf } from '../partition/causes/index.js';
import type { SplitWindows } from '../partition/splitWindows.js';

/** Means per window, by CPU samples; the four times sum to the window's length. */
export interface Workers {
  /** The owner first, then the other threads by busy time; 32 at most. */
  readonly threads: readonly WorkerUse[];
  readonly threadsLeftOut: number;
  /** Busy time of the busiest thread over the mean, minus 1: 0 is an even split. Null where none was busy. */
  readonly imbalance: number | null;
  /** How long the owner waited for the other threads, asleep or polling: the causes contention.workers and contention.spin. */
  readonly ownerWaitedMs: number;
}

export interface WorkerUse {
  readonly thread: string;
  readonly owner: boolean;
  /**
   * Executing, collecting garbage or compiling. Includes time in which the thread was preempted, since samples do not show that.
   */
  readonly busyMs: number;
  /** Polling in a function that computes nothing. */
  readonly spinningMs: number;
  /** Asleep in a Wasm function until there is work (memory.atomic.wait). */
  readonly waitingMs: number;
  /** Without a task, or unknown. */
  readonly idleMs: number;
  /** Runnable without a core, from the scheduler's records. It is part of the other times. Null without scheduling events. */
  readonly preemptedMs: number | null;
}

const SHOWN = 32;

/** A thread that windows may depend on. */
export interface PoolThread {
  /** Row of threads. */
  readonly thread: number;
  readonly label: string;
  /** What it did: causes, or idle; sorted without overlap. */
  readonly activity: readonly Span<string>[];
  /** How long it was runnable without a core in all of the windows, µs; null if that was not recorded. */
  readonly preemptedUs: number | null;
}

/**
 * What the threads that take part in a window did in it, from CPU samples. These are the owner, and every other thread of its
 * process that executed Wasm, polled or waited for work in that time. Means per window.
 * @param scheduled scheduling of threads; empty if it was not recorded
 * @returns null where no thread but the owner took part
 */
export function workerUse(trace: Trace, split: SplitWindows, scheduled: readonly ScheduledThread[] = []): Workers | null {
  const spans = split.windows.map(({ window }) => window);
  const threads = [...split.threads].map(([thread, { activity }]): PoolThread => {
    const known = scheduled.find(({ row }) => row === thread);
    return { thread, label: threadLabel(trace, thread), activity, preemptedUs: known ? known.during(spans).waitedUs : null };
  });
  const waitedUs = split.windows.reduce(
    (sum, { split: causes }) => sum + causes[contention.workers.id] + causes[contention.spin.id],
    0,
  );
  return workersIn(spans, threads, waitedUs);
}

/**
 * The same from what is known of each thread.
 * @param ownerWaitedUs how long the owners waited for the other threads in all of these windows, µs
 */
export function workersIn(
  windows: readonly Pick<Window, 'thread' | 'startUs' | 'endUs'>[],
  threads: readonly PoolThread[],
  ownerWaitedUs: number,
): Workers | null {
  const count = windows.length;
  const owners = new Set(windows.map(({ thread }) => thread));
  const rows: WorkerUse[] = [];
  for (const { thread, label, activity, preemptedUs } of threads) {
    const us = { busy: 0, spinning: 0, waiting: 0, wall: 0 };
    let inPool = owners.has(thread);
    for (const { startUs, endUs } of windows) {
      us.wall += endUs - startUs;
      for (const span of clip(activity, startUs, endUs)) {
        const state = stateOf(span.value);
        if (state !== null) us[state] += span.endUs - span.startUs;
        if (state === 'spinning' || state === 'waiting' || familyOf(span.value) === 'isa') inPool = true;
      }
    }
    if (!inPool) continue;
    const ms = (value: number): number => value / 1000 / count;
    rows.push({
      thread: label,
      owner: owners.has(thread),
      busyMs: ms(us.busy),
      spinningMs: ms(us.spinning),
      waitingMs: ms(us.waiting),
      idleMs: ms(Math.max(0, us.wall - us.busy - us.spinning - us.waiting)),
      preemptedMs: preemptedUs === null ? null : ms(preemptedUs),
    });
  }
  if (!rows.some(({ owner }) => !owner)) return null;
  rows.sort((a, b) => Number(b.owner) - Number(a.owner) || b.busyMs - a.busyMs);
  const busy = rows.map(({ busyMs }) => busyMs);
  const mean = busy.reduce((sum, each) => sum + each, 0) / busy.length;
  return {
    threads: rows.slice(0, SHOWN),
    threadsLeftOut: Math.max(0, rows.length - SHOWN),
    imbalance: mean > 0 ? max(busy) / mean - 1 : null,
    ownerWaitedMs: ownerWaitedUs / 1000 / count,
  };
}

/** Null: idle, or not covered by a sample. */
function stateOf(value: string): 'busy' | 'spinning' | 'waiting' | null {
  if (value === contention.spin.id) return 'spinning';
  if (value === contention.workers.id) return 'waiting';
  return value === 'idle' || value === 'unattributed' ? null : 'busy';
}
