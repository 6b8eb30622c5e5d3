import { formatMs, formatPlural } from '../../../src/view/format.js';
import { isOftenBlocked, LONG_TASK_MS } from '../../pageState/mainThread.js';
import { WORKER_CODE } from '../code.js';
import { runCommand } from '../command.js';
import type { Seen } from '../seen.js';
import { atMost, type Candidate, candidate } from '../step.js';

/** Whatever takes the time, what the user of a page feels is that it does not respond. */
export function mainThreadSteps({ mainThread, run, latency }: Seen): Candidate[] {
  if (mainThread?.infers && isOftenBlocked(mainThread)) {
    const { blockedMedianMs, blockedInferences, inferences, longestMs } = mainThread;
    return [
      step(
        // Where fewer than half of the inferences block it, the median of all of them is none.
        blockedMedianMs > 0 ? blockedMedianMs : longestMs,
        blockedMedianMs > 0 ? 'each time' : `in ${blockedInferences} of ${formatPlural(inferences, 'inference')}, at most`,
        `Long tasks of the page’s main thread in ${blockedInferences} of ${formatPlural(inferences, 'inference')}, the longest ${formatMs(longestMs)}: the page answers no input meanwhile.`,
        null,
      ),
    ];
  }
  const predictionMs = latency?.prediction?.medianMs ?? 0;
  if (run?.on !== 'main' || predictionMs <= LONG_TASK_MS) return [];
  return [
    step(
      predictionMs,
      'each time',
      'The run infers on the page’s main thread, which answers no input meanwhile.',
      runCommand(run, { on: 'worker', more: '--qoe' }),
    ),
  ];
}

function step(blockedMs: number, when: string, evidence: string, command: string | null): Candidate {
  return candidate({
    id: 'main-thread.worker',
    title: `Move the inference to a worker: it blocks the page’s main thread for ${formatMs(blockedMs)} ${when}`,
    saves: atMost('blocking', blockedMs),
    basis: 'The time in which its tasks are longer than 50 ms; the prediction itself becomes no shorter by that.',
    who: 'you',
    command,
    code: WORKER_CODE,
    evidence: [evidence],
    knob: 'thread',
    rank: 'symptom',
  });
}
