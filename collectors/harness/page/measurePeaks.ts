import type { MachinePeaks } from '../../../src/bundle/operatorLog.js';
import { memoryProbe, probe } from '../../probes/probeModules.js';
import type { PeakRequest } from './peakWorker.js';

/** Total size of the three arrays of all threads: larger than the caches of most machines. */
const MEMORY_BYTES = 192 * 2 ** 20;
/** Short enough to fit between two preemptions. */
const ROUND_MS = 10;
const ROUNDS = 40;

/**
 * The peak rates of this machine in this browser, with `threads` threads at once, each in its own worker: multiplications and
 * additions in registers, and bytes read and written over large arrays. The fastest of several short rounds counts, since it was
 * disturbed least.
 * It takes about a second. @returns null if the browser refuses the instructions
 */
export async function measurePeaks(threads: number, instructions: MachinePeaks['instructions']): Promise<MachinePeaks | null> {
  if (!WebAssembly.validate(probe('simd128').bytes)) return null;
  const arrayBytes = Math.floor(MEMORY_BYTES / 3 / threads / 65_536) * 65_536;
  const { operationsPerIteration } = probe(instructions);
  const { movedPerByte } = memoryProbe(arrayBytes);
  const workers = Array.from({ length: threads }, () => new Worker('/harness/peakWorker.js', { type: 'module' }));
  try {
    const ask = (request: PeakRequest): Promise<number[]> => Promise.all(workers.map((worker) => answerOf(worker, request)));
    const fastest = async (kind: 'arithmetic' | 'memory'): Promise<number> => {
      let best = 0;
      for (let round = 0; round < ROUNDS; round++) {
        const perMs = await ask({ type: 'round', kind, ms: ROUND_MS });
        best = Math.max(
          best,
          perMs.reduce((sum, rate) => sum + rate, 0),
        );
      }
      return best;
    };
    await ask({ type: 'prepare', instructions, arrayBytes });
    const gigaflops = ((await fastest('arithmetic')) * operationsPerIteration) / 1e6;
    const gigabytesPerSecond = ((await fastest('memory')) * movedPerByte) / 1e6;
    return gigaflops > 0 && gigabytesPerSecond > 0 ? { threads, instructions, gigaflops, gigabytesPerSecond } : null;
  } finally {
    for (const worker of workers) worker.terminate();
  }
}

function answerOf(worker: Worker, request: PeakRequest): Promise<number> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<number>) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(`a worker of the probes failed: ${message}`));
    worker.postMessage(request);
  });
}
