import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import type { Scheduling } from '../../src/bundle/scheduling.js';

/** The note where the system gives no scheduling times. */
export const NO_SCHEDULING =
  'This system does not tell how long each thread waited for a core; thread times of the trace stand in for it.';

/**
 * Time between two readings of a busy thread. Waking up for it costs some 100 µs, each reading some 3 µs, listing the threads of a
 * process some 20 µs; figures are used as sums over many predictions, which need no finer ones. `npm run bench -- schedSampler`
 * measures the whole.
 */
const INTERVAL_MS = 50;
/** Every so many readings all threads are looked at, and which there are. */
const RESCAN = 5;
/**
 * A thread that used or wanted less of the time than this is read at the rescans only. A browser has a hundred threads that wake now
 * and then, and a handful that work: reading them all every time would cost some 3 % of a core.
 */
const BUSY_SHARE = 0.02;
/** A run of a few minutes; past it the sampler stops rather than fill memory. */
const MAX_SAMPLES = 2_000_000;

export interface SchedulingSampler {
  /** From the next look at which threads there are, also those of these processes. */
  watch(pids: readonly number[]): void;
  /** Reads once more, and ends. */
  stop(): Scheduling;
}

interface Watched {
  readonly index: number;
  readonly file: number;
  /** Nanoseconds, as last read. */
  ran: number;
  waited: number;
  /** When they were last read, and whether that reading is in the samples. */
  readAtUs: number;
  kept: boolean;
  /** Worth reading every time. */
  busy: boolean;
  /** Time used and wanted, ns, and when, at the last rescan. */
  rescannedNs: number;
  rescannedAtUs: number;
}

/** The system's monotonic clock, µs: on Linux it is also that of Chrome's traces. */
export const monotonicUs = (): number => Number(process.hrtime.bigint() / 1000n);

/** Whether the system tells how long threads wait for a core: Linux with CONFIG_SCHED_INFO. */
export function canSampleScheduling(): boolean {
  try {
    return /^\d+ \d+ \d+/.test(readFileSync('/proc/self/schedstat', 'latin1'));
  } catch {
    return false;
  }
}

/**
 * Samples the scheduling of all threads of some processes until stopped: time on a core, and time runnable without one (run-queue wait).
 * Times are of the system's monotonic clock, which is the trace's. Threads may come and go.
 * https://www.kernel.org/doc/html/latest/scheduler/sched-stats.html
 */
export function sampleScheduling(pids: readonly number[], intervalMs = INTERVAL_MS): SchedulingSampler {
  const threads: Scheduling['threads'] = [];
  const samples: Scheduling['samples'] = { thread: [], atUs: [], ranUs: [], waitedUs: [] };
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
      // The thread has ended; its file says so with ESRCH.
      closeSync(thread.file);
      watched.delete(key);
      return;
    }
    const ran = Number(figures[0]);
    const waited = Number(figures[1]);
    const atUs = monotonicUs();
    const changed = ran !== thread.ran || waited !== thread.waited;
    if (changed) {
      // The last reading of a thread that then stood still says until when it did.
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
          // Gone between listing and opening.
        }
      }
    }
    for (const [key, thread] of watched) {
      read(key, thread);
      const usedNs = thread.ran + thread.waited;
      const elapsedUs = thread.readAtUs - thread.rescannedAtUs;
      // What it did before it was first seen is not known; one that is new is taken for busy until the next rescan.
      thread.busy = elapsedUs === Number.POSITIVE_INFINITY || (usedNs - thread.rescannedNs) / 1000 > BUSY_SHARE * elapsedUs;
      thread.rescannedNs = usedNs;
      thread.rescannedAtUs = thread.readAtUs;
    }
  };

  const tick = (): void => {
    if (samples.thread.length >= MAX_SAMPLES) return;
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
      return { schema: 'inferscope.sched/1', source: `/proc schedstat every ${intervalMs} ms`, threads, samples };
    },
  };
}

function tasksOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).map(Number);
  } catch {
    return [];
  }
}

/** Inside a sandbox a thread has another id: the last one of NSpid is the one that it sees itself. */
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
