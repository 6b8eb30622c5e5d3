import { readFileSync } from 'node:fs';

/** Whether this system tells the proportional set size of processes: Linux, of processes of the same user. */
export function canReadProcessMemory(): boolean {
  return processMemory(process.pid) !== null;
}

/**
 * Proportional set size of a process, bytes: its own pages of memory, and of those shared with others its equal part. So a
 * second browser on the machine makes it smaller, by some 20 MB of code that both share. The kernel walks
 * the process's page tables for it: some ms of a core.
 * https://docs.kernel.org/filesystems/proc.html (smaps_rollup)
 * @returns null where the system does not tell, or the process has ended
 */
export function processMemory(pid: number): number | null {
  try {
    const kilobytes = /^Pss: +(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) * 1024;
  } catch {
    return null;
  }
}
