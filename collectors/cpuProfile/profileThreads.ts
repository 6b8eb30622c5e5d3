import { z } from 'zod';
import type { ProtocolSession } from '../protocolSession.js';
import { within } from '../within.js';
import { childSessions } from './childSessions.js';
import { cpuProfileSchema } from './cpuProfile.js';
import type { ThreadProfile } from './threadsOfProfiles.js';

/**
 * A sample wakes the thread's sampler and interrupts the thread, asleep or not, and a pool has many threads. Ten threads cost some 12 % of a
 * core at this interval, 18 % at half of it, and 62 % at the trace's own.
 */
const LEAST_US = 2000;
/** Beyond it, a whole call of the GPU's API falls between two samples. */
const MOST_US = 10_000;
/** Of one thread. A trace pass has several predictions, so it has a multiple of that. */
const SAMPLES_PER_PREDICTION = 200;

/**
 * Time between two samples of a thread, µs: so that shares of causes come from a thousand samples and more, and long predictions are not
 * disturbed more often than that needs. `npm run bench -- observerEffect` measures what it costs.
 * @param latencyMs of a prediction when nothing is recorded
 */
export function samplingIntervalUs(latencyMs: number): number {
  return Math.round(Math.max(LEAST_US, Math.min(MOST_US, (latencyMs * 1000) / SAMPLES_PER_PREDICTION)));
}

/** A thread that has not handed in its profile by then is left out. */
const STOP_LIMIT_MS = 5000;
/** A thread that is held for longer than this is let go: what is done to it meanwhile must not stop the page. */
const HOLD_LIMIT_MS = 5000;

const stopped = z.object({ profile: cpuProfileSchema });

export interface ThreadProfiles {
  readonly profiles: readonly ThreadProfile[];
  /** Threads that were sampled and whose samples are lost, each with the reason. */
  readonly lost: readonly string[];
}

export interface ThreadProfiler {
  /** The page is about to be left: of its workers and frames, which end with it, nothing is missed. */
  leave(): void;
  /** Hands in what was sampled since the beginning or the last turn, and goes on. Never rejects. */
  turn(): Promise<ThreadProfiles>;
  /** Ends sampling. Never rejects. */
  stop(): Promise<ThreadProfiles>;
}

/** Is called with each worker, and each frame that has a process of its own, while it is held before its first line. */
export type WhileHeld = (session: ProtocolSession, type: string, ended: Promise<void>) => Promise<unknown>;

/**
 * Samples the stack of a page's main thread, of frames in other processes, and of all workers, nested ones too, from before their first
 * line on. One profile per thread comes back at the end, or for each stretch; unlike the samples of the trace's own profiler, nothing is
 * written while it runs. The trace must be recording already: it says which thread is whose.
 *
 * Only the Profiler domain is used: with the Debugger domain Wasm would run in the baseline tier.
 * @param page a session of the page's own; sampling goes on when the page navigates and when it changes its process
 * @param intervalUs time between two samples of a thread
 */
export async function profileThreads(
  page: ProtocolSession,
  intervalUs: number,
  whileHeld: WhileHeld = async () => {},
): Promise<ThreadProfiler> {
  const threads = new Map<number, Thread>();
  let targets = 0;

  const profileChild = (session: ProtocolSession, ended: Promise<void>, type: string): void => {
    const thread: Thread = {
      session,
      started: Promise.all([profileChildren(session), start(session, intervalUs)]),
      ended: false,
      isLeft: false,
    };
    ended.then(() => {
      thread.ended = true;
    });
    thread.started.catch(() => {});
    threads.set(targets++, thread);
    within(HOLD_LIMIT_MS, whileHeld(session, type, ended))
      .catch(() => {})
      .then(() => session.send('Runtime.runIfWaitingForDebugger'))
      .catch(() => {});
  };
  const profileChildren = (session: ProtocolSession): Promise<void> => childSessions(session, profileChild);

  const started = Promise.all([profileChildren(page), start(page, intervalUs)]);
  threads.set(targets++, { session: page, started, ended: false, isLeft: false });
  await started;

  const handIn = async (goesOn: boolean): Promise<ThreadProfiles> => {
    for (const [target, { ended, isLeft }] of threads) if (ended && isLeft) threads.delete(target);
    const asked = [...threads].map(([target, thread]) => within(STOP_LIMIT_MS, profileOf(target, thread, goesOn)));
    for (const [target, { ended }] of threads) if (ended) threads.delete(target);
    const results = await Promise.allSettled(asked);
    return {
      profiles: results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])),
      lost: results.flatMap((result) => (result.status === 'rejected' ? [(result.reason as Error).message] : [])),
    };
  };
  return {
    leave() {
      for (const thread of threads.values()) thread.isLeft = true;
    },
    turn: () => handIn(true),
    // The last stretch is hardly one, but the trace has its beginning, by which a target's other stretches are known. That of the first may be
    // missing: a page that goes to a process of its own may be sampled there before the trace is recorded there.
    async stop() {
      const { profiles, lost } = await handIn(true);
      const answered = new Set(profiles.map(({ target }) => target));
      for (const target of threads.keys()) if (!answered.has(target)) threads.delete(target);
      const last = await handIn(false);
      return { profiles: [...profiles, ...last.profiles], lost };
    },
  };
}

interface Thread {
  readonly session: ProtocolSession;
  readonly started: Promise<unknown>;
  ended: boolean;
  /** Of a document that is not what is recorded. */
  isLeft: boolean;
}

async function start(session: ProtocolSession, interval: number): Promise<void> {
  await Promise.all([
    session.send('Profiler.enable'),
    session.send('Profiler.setSamplingInterval', { interval }),
    session.send('Profiler.start'),
  ]);
}

/** V8 answers even where the thread sleeps in a Wasm function that waits: the command interrupts it. */
async function profileOf(target: number, { session, started, ended }: Thread, goesOn: boolean): Promise<ThreadProfile> {
  if (ended) throw new Error('a worker ended before the recording did');
  await started;
  // Sent together, so that the thread goes without being sampled for no longer than V8 needs.
  const profile = session.send('Profiler.stop');
  const again = goesOn ? session.send('Profiler.start') : null;
  again?.catch(() => {});
  return { target, profile: stopped.parse(await profile).profile };
}
