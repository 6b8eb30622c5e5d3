import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

/** The system counts in ticks of 10 ms on each core. */
const WATCHED_MS = 250;

/**
 * How many of the machine's cores are busy now, whoever has them: what the counters of all cores gain in a quarter of a second, in which this
 * program does nothing. (The load average looks back a minute and more: before the next run of a study it tells of the run before.)
 * @returns a fraction of the number of cores; null where the system does not count
 */
export async function busyCores(): Promise<number | null> {
  const before = countedMs();
  await sleep(WATCHED_MS);
  const after = countedMs();
  const all = after.all - before.all;
  return all > 0 ? ((after.busy - before.busy) / all) * cpus().length : null;
}

/** What all cores together did since the machine began, ms. */
function countedMs(): { readonly busy: number; readonly all: number } {
  let busy = 0;
  let idle = 0;
  for (const { times } of cpus()) {
    busy += times.user + times.nice + times.sys + times.irq;
    idle += times.idle;
  }
  return { busy, all: busy + idle };
}
