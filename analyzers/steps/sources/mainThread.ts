import { formatMs, formatPlural } from '../../../src/view/format.js';
import { LONG_TASK_MS } from '../../pageState/mainThread.js';
import { runCommand } from '../command.js';
import type { Seen } from '../seen.js';
import { atMost, type Candidate, candidate } from '../step.js';

const IN_A_WORKER = "const worker = new Worker(new URL('./infer.js', import.meta.url), { type: 'module' });";

/** Whatever takes the time, what the user of a page feels is that it does not respond. */
export function mainThreadSteps({ mainThread, run, latency }: Seen): Candidate[] {
  if (mainThread?.infers && mainThread.blockedMedianMs > 0) {
    const { blockedMedianMs, blockedInferences, inferences, longestMs } = mainThread;
    return [
      step(
        blockedMedianMs,
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
      'The run infers on the page’s main thread, which answers no input meanwhile.',
      runCommand(run, { on: 'worker', more: '--qoe' }),
    ),
  ];
}

function step(blockedMs: number, evidence: string, command: string | null): Candidate {
  return candidate({
    id: 'main-thread.worker',
    title: `Move the inference to a worker: it blocks the page’s main thread for ${formatMs(blockedMs)} each time`,
    saves: atMost('blocking', blockedMs),
    basis: 'The time in which its tasks are longer than 50 ms; the prediction itself becomes no shorter by that.',
    who: 'you',
    command,
    code: IN_A_WORKER,
    evidence: [evidence],
    knob: 'thread',
    rank: 'symptom',
  });
}
