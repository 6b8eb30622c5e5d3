import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import type { Scheduling } from '../../src/bundle/scheduling.js';

/** The note if the system provides no scheduling times. */
export const NO_SCHEDULING =
  'This system does not tell how long each thread waited for a core; thread times of the trace stand in for it.';

/**
 * Time between two readings of a busy thread. A wake-up costs some 100 µs, each reading some 3 µs, and listing the threads of a
 * process some 20 µs. The figures are used as sums over many predictions, which need no finer interval.
 * `npm run bench -- schedSampler` measures the total cost.
 */
const INTERVAL_MS = 50;
/** After this number of readings, the threads are listed again and all are read. */
const RESCAN = 5;
/**
 * A thread whose running and run-queue wait take a smaller share of the time is read at rescans only. A browser has a hundred
 * threads that wake now and then, and a handful that work. Reading all of them every time would cost some 3 % of a core.
 */
const BUSY_SHARE = 0.02;
/** Samples of a run of a few minutes. After that the sampler stops, so that it does not fill memory. */
const MAX_SAMPLES = 2_000_000;

export interface SchedulingSampler {
  /** Adds the threads of these processes, from the next rescan on. */
  watch(pids: readonly number[]): void;
  /** Takes a last reading and ends. */
  stop(): Scheduling;
}

interface Watched {
  readonly index: number;
  readonly file: number;
  /** Nanoseconds, as last read. */
  ran: number;
  waited: number;
  /** Time of the last reading, and whether it is in the samples. */
  readAtUs: number;
  kept: boolean;
  /** Read every time. */
  busy: boolean;
  /** Time running and waiting, ns, and the time of the last rescan. */
  rescannedNs: number;
  rescannedAtUs: number;
}

/** The system's monotonic clock, µs. On Linux, Chrome's traces use it too. */
export const monotonicUs = (): number => Number(process.hrtime.bigint() / 1000n);

/** Whether the system reports how long threads wait for a core: Linux with CONFIG_SCHED_INFO does. */
export function canSampleScheduling(): boolean {
  try {
    return /^\d+ \d+ \d+/.test(readFileSync('/proc/self/schedstat', 'latin1'));
  } catch {
    return false;
  }
}

/**
 * Samples the scheduling of all threads of some processes until stopped: time on a core, and run-queue wait.
 * Times are on the system's monotonic clock, as in the trace. Threads may start and end meanwhile.
 * https://www.kernel.org/doc/html/latest/scheduler/sched-stats.html
 */
export function sampleScheduling(pids: readonly number[], intervalMs = INTERVAL_MS): SchedulingSampler {
  const threads: Scheduling['threads'] = [];
  const samples: Scheduling['samples'] = { thread: [], atUs: [], ranUs: [], waitedUs: [] };
  const system: NonNullable<Scheduling['system']> = { atUs: [], busyUs: [] };
  const watched = new Map<string, Watched>();
  const buffer = Buffer.alloc(128);
  const processes = new Set(pids);
  let ticks = 0;

  const push = ({ index, readAtUs, ran, waited }: Watched): void => {
    samples.thread.push(index);
    samples.atUs.push(readAtUs);
    samples.ranUs.push(ran / 1000);
    samples.waitedUs.push(waited / 1000);
  };
  const read = (key: string, thread: Watched): void => {
    let figures: string[];
    try {
      figures = buffer.toString('latin1', 0, readSync(thread.file, buffer, 0, buffer.length, 0)).split(' ');
    } catch {
      // The thread has ended: reading its file fails with ESRCH.
      closeSync(thread.file);
      watched.delete(key);
      return;
    }
    const ran = Number(figures[0]);
    const waited = Number(figures[1]);
    const atUs = monotonicUs();
    const changed = ran !== thread.ran || waited !== thread.waited;
    if (changed) {
      // The reading right before a change shows until when the counters stood still.
      if (!thread.kept && thread.ran >= 0) push(thread);
    }
    thread.ran = ran;
    thread.waited = waited;
    thread.readAtUs = atUs;
    thread.kept = changed;
    if (changed) push(thread);
  };

  const rescan = (): void => {
    for (const pid of processes) {
      for (const tid of tasksOf(pid)) {
        const key = `${pid}/${tid}`;
        if (watched.has(key)) continue;
        try {
          const file = openSync(`/proc/${pid}/task/${tid}/schedstat`, 'r');
          watched.set(key, {
            index: threads.length,
            file,
            ran: -1,
            waited: -1,
            readAtUs: 0,
            kept: false,
            busy: false,
            rescannedNs: 0,
            rescannedAtUs: Number.NEGATIVE_INFINITY,
          });
          threads.push(describe(pid, tid));
        } catch {
          // It ended between listing and opening.
        }
      }
    }
    for (const [key, thread] of watched) {
      read(key, thread);
      const usedNs = thread.ran + thread.waited;
      const elapsedUs = thread.readAtUs - thread.rescannedAtUs;
      // What it did before its first reading is unknown. A new thread counts as busy until the next rescan.
      thread.busy = elapsedUs === Number.POSITIVE_INFINITY || (usedNs - thread.rescannedNs) / 1000 > BUSY_SHARE * elapsedUs;
      thread.rescannedNs = usedNs;
      thread.rescannedAtUs = thread.readAtUs;
    }
  };

  const tick = (): void => {
    if (samples.thread.length >= MAX_SAMPLES) return;
    const busyUs = machineBusyUs();
    if (busyUs !== null) {
      system.atUs.push(monotonicUs());
      system.busyUs.push(busyUs);
    }
    if (ticks++ % RESCAN === 0) rescan();
    else for (const [key, thread] of watched) if (thread.busy) read(key, thread);
  };
  tick();
  const timer = setInterval(tick, intervalMs);
  return {
    watch(more) {
      for (const pid of more) processes.add(pid);
    },
    stop() {
      clearInterval(timer);
      rescan();
      for (const { file } of watched.values()) closeSync(file);
      return { schema: 'inferscope.sched/1', source: `/proc schedstat every ${intervalMs} ms`, threads, samples, system };
    },
  };
}

/** The unit of /proc/stat: USER_HZ is 100 on every architecture that browsers run on. */
const TICK_US = 10_000;

/**
 * Time that the cores of the machine were busy since it started, µs; null if the system does not tell. Of the columns of /proc/stat
 * idle, iowait and steal are left out: no program of this machine ran then. Those of guests are part of others.
 * https://www.kernel.org/doc/html/latest/filesystems/proc.html#miscellaneous-kernel-statistics-in-proc-stat
 */
function machineBusyUs(): number | null {
  try {
    const [user, nice, system, , , irq, softirq] = /^cpu +(.*)$/m.exec(readFileSync('/proc/stat', 'latin1'))![1]!.split(' ');
    const ticks = [user, nice, system, irq, softirq].reduce((sum, each) => sum + Number(each), 0);
    return Number.isNaN(ticks) ? null : ticks * TICK_US;
  } catch {
    return null;
  }
}

function tasksOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).map(Number);
  } catch {
    return [];
  }
}

/** In a sandbox a thread has another id. The last one of NSpid is the one that the thread itself sees. */
function describe(pid: number, tid: number): Scheduling['threads'][number] {
  try {
    const status = readFileSync(`/proc/${pid}/task/${tid}/status`, 'latin1');
    const name = /^Name:\t(.*)$/m.exec(status)?.[1] ?? '';
    const inner = /^NSpid:\t.*?(\d+)$/m.exec(status)?.[1];
    return { pid, tid, traceTid: inner === undefined ? tid : Number(inner), name };
  } catch {
    return { pid, tid, traceTid: tid, name: '' };
  }
}
