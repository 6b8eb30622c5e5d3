import type { BrowserProcess } from '../browser/processList.js';

/** Ids of the processes that compute: the others have half of all threads, and what they take of the cores shows as waiting here. */
export function computingProcesses(processes: readonly Pick<BrowserProcess, 'id' | 'type'>[]): number[] {
  return processes.flatMap(({ id, type }) => (type === 'renderer' || type === 'GPU' ? [id] : []));
}
