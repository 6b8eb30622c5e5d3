import { readFileSync } from 'node:fs';
import type { MemoryLog } from '../../src/bundle/memoryLog.js';
import { within } from '../within.js';
import type { PageProcesses } from './processOfPage.js';
import type { HeapWatch } from './watchHeaps.js';

/** Longest wait for a busy thread at a phase border. */
const ANSWER_LIMIT_MS = 2000;

export interface MemorySampler {
  /** Reads everything now, at the border of two phases. */
  read(): Promise<void>;
  /** Ends sampling and returns the readings. */
  stop(): Pick<MemoryLog, 'processes' | 'heaps'>;
}

/**
 * Samples the memory of processes and heaps from outside the page until stopped. Only one heap request runs at a time: while a
 * thread does not answer, there is no row.
 * @param processes null if the system does not report them
 * @param intervalMs between two readings; longer if a reading takes more than half of it
 * @param now clock of the rows, ms
 */
export function sampleMemory(
  processes: PageProcesses | null,
  heapsOf: HeapWatch,
  intervalMs: number,
  now: () => number,
): MemorySampler {
  const sizes = { atMs: [] as number[], pageBytes: [] as (number | null)[], gpuBytes: [] as (number | null)[] };
  const heaps: MemoryLog['heaps'] = { atMs: [], usedBytes: [], totalBytes: [], arrayBufferBytes: [] };
  let asking: Promise<void> | null = null;
  let isStopped = false;

  const readProcesses = (): void => {
    if (!processes) return;
    sizes.atMs.push(now());
    sizes.pageBytes.push(processes.page === null ? null : processMemory(processes.page));
    sizes.gpuBytes.push(processes.gpu === null ? null : processMemory(processes.gpu));
  };
  const readHeaps = (): Promise<void> => {
    asking ??= heapsOf
      .read()
      .then(({ usedBytes, totalBytes, arrayBufferBytes }) => {
        if (isStopped) return;
        heaps.atMs.push(now());
        heaps.usedBytes.push(usedBytes);
        heaps.totalBytes.push(totalBytes);
        heaps.arrayBufferBytes.push(arrayBufferBytes);
      })
      .finally(() => {
        asking = null;
      });
    return asking;
  };
  const tick = (): void => {
    const beganMs = now();
    readProcesses();
    readHeaps().catch(() => {});
    const tookMs = now() - beganMs;
    timer = setTimeout(tick, Math.max(intervalMs - tookMs, tookMs));
  };
  let timer: NodeJS.Timeout;
  tick();

  return {
    async read() {
      readProcesses();
      // The pending request may have been sent long ago.
      await within(ANSWER_LIMIT_MS, (asking ?? Promise.resolve()).then(readHeaps)).catch(() => {});
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
      return { processes: processes && sizes, heaps };
    },
  };
}

/** Whether this system reports the proportional set size of processes: Linux does, for processes of the same user. */
export function canReadProcessMemory(): boolean {
  return processMemory(process.pid) !== null;
}

/**
 * Proportional set size of a process, bytes: its own memory pages, and an equal part of those that it shares. A second browser on
 * the machine therefore makes it smaller, by some 20 MB of shared code. Reading it takes a few ms of CPU time, since Linux walks
 * the process's page tables.
 * https://docs.kernel.org/filesystems/proc.html (smaps_rollup)
 * @returns null if the system does not report it, or the process has ended
 */
export function processMemory(pid: number): number | null {
  try {
    const kilobytes = /^Pss: +(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) * 1024;
  } catch {
    return null;
  }
}
