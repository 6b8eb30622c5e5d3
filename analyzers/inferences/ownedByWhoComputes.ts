import { samplesBetween } from '../rows.js';
import type { Window } from '../windows.js';
import { asWindows } from './asWindows.js';
import type { Search } from './finder.js';
import { gpuBursts } from './gpuBursts.js';

/** A thread that has less than this part of the computing of another has none to speak of. */
const LITTLE = 0.05;

/**
 * Windows as the thread has them that computes in them: a page may mark on its main thread what it asked a worker for. A thread that
 * hands the GPU its work computes, too.
 */
export function ownedByWhoComputes(search: Search, windows: readonly Window[]): Window[] {
  const { trace } = search;
  const { pid } = trace.tables.threads.columns;
  const sampled = [...new Set(trace.tables.callFrames.columns.thread)];
  const onGpu = gpuBursts(search).map(({ thread }) => thread);
  const ownerOf = (thread: number): number => {
    if (onGpu.includes(thread)) return thread;
    const own = windows.filter((window) => window.thread === thread);
    const computing = (each: number): number => own.reduce((sum, window) => sum + computingSamples(search, each, window), 0);
    const [best] = sampled
      .filter((each) => pid[each] === pid[thread])
      .map((each) => ({ thread: each, samples: computing(each) }))
      .sort((a, b) => b.samples - a.samples);
    const samples = computing(thread);
    if (best && samples < LITTLE * best.samples) return best.thread;
    return samples > 0 ? thread : (onGpu.find((each) => pid[each] === pid[thread]) ?? thread);
  };
  const owners = new Map([...new Set(windows.map(({ thread }) => thread))].map((thread) => [thread, ownerOf(thread)]));
  return asWindows(
    trace,
    windows.map(({ thread, startUs, endUs }) => ({ thread: owners.get(thread)!, startUs, endUs })),
  );
}

function computingSamples({ trace, functions }: Search, thread: number, { startUs, endUs }: Window): number {
  const [from, to] = samplesBetween(trace, thread, startUs, endUs);
  let count = 0;
  for (let row = from; row < to; row++) {
    const sampled = functions[trace.tables.samples.columns.frame[row]!];
    if (sampled && sampled.class !== 'wait' && sampled.class !== 'spin') count++;
  }
  return count;
}
