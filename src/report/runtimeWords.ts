import type { Workers } from '../../analyzers/contention/workers.js';
import type { BeforeTopTier } from '../../analyzers/runtime/beforeTopTier.js';
import type { CompilePhase, CompileUse } from '../../analyzers/runtime/compile.js';
import { formatCount, formatMs, formatPlural, formatShare } from '../view/format.js';

/** How much was compiled, and how much of that the run waited for: one sentence. */
export function compileSentence({ totalMs, phases }: CompileUse): string {
  const parts = [
    waited(phases.setup, 'of setup'),
    waited(phases.warmup, 'of warm-up'),
    phases.predictions && phases.predictions.criticalMs >= MIN_WAIT_MS
      ? waited(phases.predictions, 'of all predictions together')
      : null,
  ].filter((part) => part !== null);
  const none = phases.predictions !== null && phases.predictions.criticalMs < MIN_WAIT_MS ? '; none in predictions' : '';
  const path = parts.length > 0 ? `, ${joined(parts)}` : '';
  return `Compiling took ${formatMs(totalMs)} on all threads${path}${none}.`;
}

/** Whether the predictions may have run code that V8 replaced later: one sentence. */
export function topTierSentence({ lastJobEndMs, windowsBefore, predictions, jobs }: BeforeTopTier, windows: number): string {
  const share = predictions ? formatShare(predictions.atMost) : null;
  if (jobs === 0) return 'No top-tier compilation was seen, so all Wasm that was compiled lazily may have stayed baseline code.';
  const ended = `The last top-tier compilation ended ${formatMs(lastJobEndMs)} after setup began`;
  if (windowsBefore === 0) return `${ended}, before the first prediction: hot functions ran optimized in all of them.`;
  return `${ended}, when ${formatCount(windowsBefore)} of ${formatPlural(windows, 'traced prediction')} had begun: at most ${share} of the predictions’ Wasm time${atLeast(predictions)} ran in baseline code that was still to be replaced.`;
}

/** How evenly the work was split: one sentence. */
export function workersSentence({ threads, threadsLeftOut, imbalance, ownerWaitedMs }: Workers): string {
  const count = threads.length + threadsLeftOut;
  const split = imbalance === null ? '' : `; the busiest worked ${formatShare(imbalance)} more than the mean`;
  return `${formatPlural(count, 'thread')} computed in a prediction${split}, and the owner waited ${formatMs(ownerWaitedMs)} of it for the others, asleep or polling.`;
}

const MIN_WAIT_MS = 0.05;

function waited(phase: CompilePhase | null, of: string): string | null {
  return phase && phase.criticalMs >= MIN_WAIT_MS ? `${formatMs(phase.criticalMs)} of it on the critical path ${of}` : null;
}

const atLeast = (bounds: BeforeTopTier['predictions']): string =>
  bounds && bounds.atLeast >= 0.001 ? ` (at least ${formatShare(bounds.atLeast)})` : '';

function joined(parts: readonly string[]): string {
  return parts.map((part, i) => (i === 0 ? part : part.replace(' of it on the critical path', ''))).join(', ');
}
