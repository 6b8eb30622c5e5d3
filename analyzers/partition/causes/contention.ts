import { plural } from '../../../src/view/format.js';
import { family, sampled } from './cause.js';

/** Time in which the thread is held up by others: it waits for a core, a lock or other threads, or other tasks run on it. */
export const contention = family('contention', {
  /** Off the CPU while runnable. No rule recognizes it: splitWindow.ts takes its time from the causes that show instead. */
  preempted: {
    title: 'Preempted',
    meaning:
      'The thread had work and was off the CPU, as another one had the core; without the kernel’s word also as it waited for a lock.',
    fill: '#96386a',
    evidence({ windows, otherThreads }) {
      if (windows === 0) return null;
      const running = otherThreads()
        .slice(0, 3)
        .map(({ thread, cpuMs }) => `${thread} ${cpuMs.toFixed(1)} ms`)
        .join(', ');
      const line = 'wall time beyond the owner’s CPU time, sleep and idleness';
      return running ? `${line}; CPU time of other threads in these windows: ${running}` : line;
    },
  },
  /** Blocked in the middle of its work. No rule recognizes it either: splitWindow.ts tells it from run-queue wait. */
  lock: {
    title: 'Blocked',
    meaning:
      'The thread slept in the middle of its work, which nobody had asked it to: another one had a lock inside the browser, as while code is compiled beside it, or memory had to be fetched.',
    fill: '#5e2a5c',
    evidence: ({ windows, longestMs }) =>
      windows > 0
        ? `off the CPU without waiting for a core, by the kernel’s figures, and not sampled meanwhile, in ${plural(windows, 'window')}; ${longestMs.toFixed(1)} ms in one at the most`
        : null,
    advice: {
      fromShare: 0.1,
      title: 'Let V8 compile before predictions count: warm up with more inferences',
      who: 'you',
    },
  },
  workers: {
    title: 'Waiting for workers',
    meaning: 'The thread slept until worker threads finished their part or woke up.',
    fill: '#cc79a7',
    frames: { wasm: ['wait'] },
    evidence: sampled,
  },
  spin: {
    title: 'Spinning',
    meaning: 'The thread polled in a loop until other threads were ready: a busy core that computes nothing.',
    fill: '#b4429a',
    frames: { wasm: ['spin'] },
    cannotBlock: true,
    evidence: sampled,
  },
  /** pageTasks.ts finds tasks by what was sampled in them, turns.ts other inferences, and gpu/timeline.ts what the GPU does for others. */
  page: {
    title: 'Other page tasks',
    meaning:
      'Work that is not part of the inference kept it waiting: other tasks of the page, another inference on its thread, or, while it waited for the GPU, other contexts of the page, other pages and the browser there.',
    fill: '#e3a9c6',
    evidence: ({ stretches }) =>
      stretches > 0
        ? `${plural(stretches, 'stretch')} of other tasks or inferences on the owner’s thread, or of others’ work for the GPU while it waited`
        : null,
    advice: { fromShare: 0.1, title: 'Keep other work of the page out of inferences', who: 'you' },
  },
});
