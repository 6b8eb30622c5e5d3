import { formatPlural, formatShare, plural } from '../../../src/view/format.js';
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
    advice: {
      rank: 2,
      fromShare: 0.1,
      text({ share }, { run, page, machine, cores, softwareRenderer }) {
        const lacked = `For ${formatShare(share)} of the time the thread had no core`;
        if (!cores) return `${lacked}. Who had it is not in the recording.`;
        const { pageMs, pageThreads, browserMs, othersMs } = cores;
        const allMs = pageMs + browserMs + (othersMs ?? 0);
        const part = (ms: number): string => `${formatShare(allMs > 0 ? ms / allMs : 0)} of what others used`;
        const most = Math.max(pageMs, browserMs, othersMs ?? 0);
        if (most === pageMs) {
          const than = machine ? `, as this machine has ${formatPlural(machine.cores, 'core')}` : '';
          const fewer = run && run.threads > 1 ? `fewer than ${run.threads} threads` : 'fewer threads';
          return `${lacked}: the page’s own ${formatPlural(pageThreads, 'other thread')} had it (${part(pageMs)}). Use ${fewer}${than}.`;
        }
        if (most === browserMs) {
          const renderer = softwareRenderer === null ? '' : `, where ${softwareRenderer} computes on the same cores`;
          return `${lacked}: the browser’s other processes had it (${part(browserMs)})${renderer}.`;
        }
        return `${lacked}: other programs had it (${part(most)}). Quiet the machine${page ? ', and record again' : ''}.`;
      },
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
      rank: 3,
      fromShare: 0.1,
      text({ share }, { page }) {
        const longer = page ? ' Record for longer, so that what runs after it counts.' : '';
        return `For ${formatShare(share)} of the time the thread slept for a lock inside the browser, most likely while code was compiled beside it.${longer}`;
      },
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
    /** ONNX Runtime’s option allow_spinning has no effect in a page. https://github.com/microsoft/onnxruntime/pull/18480 */
    advice: {
      rank: 1,
      fromShare: 0.05,
      text({ share }, { run }) {
        const instead =
          run?.framework === 'ort'
            ? ' In onnxruntime-web a page cannot switch that off, since the pool is the environment’s: try fewer threads, or another framework.'
            : '';
        return `Threads burn CPU while they wait for ${formatShare(share)} of the time.${instead}`;
      },
    },
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
  },
});
