import { z } from 'zod';
import { askBrowser, NO_LIMIT, type ProtocolSession } from '../protocolSession.js';
import { type ProgressLimits, whileProgress } from '../whileProgress.js';
import { LimitError, within } from '../within.js';
import { childSessions } from './childSessions.js';
import { cpuProfileSchema } from './cpuProfile.js';
import type { ThreadProfile } from './threadsOfProfiles.js';

/**
 * Shortest interval. A sample wakes the thread's sampler and interrupts the thread, even a sleeping one, and a pool has many
 * threads. Ten threads cost about 12 % of a core at this interval, 18 % at half of it, and 62 % at the trace's own.
 */
const MIN_INTERVAL_US = 2000;
/** Longest interval. With a longer one, a whole call of the GPU's API fits between two samples. */
const MAX_INTERVAL_US = 10_000;
/** Samples per thread and prediction. A trace pass has several predictions, so it collects a multiple of this. */
const SAMPLES_PER_PREDICTION = 200;

/**
 * Sampling interval of a thread, µs. Shares of causes come from at least a thousand samples, and long predictions are disturbed
 * no more often than that needs. `npm run bench -- observerEffect` measures the cost.
 * @param latencyMs of a prediction without recording
 */
export function samplingIntervalUs(latencyMs: number): number {
  return Math.round(Math.max(MIN_INTERVAL_US, Math.min(MAX_INTERVAL_US, (latencyMs * 1000) / SAMPLES_PER_PREDICTION)));
}

/** A profile that is not there when a stretch ends comes with a later one. */
const TURN: ProgressLimits = { what: 'the samples of a thread', silenceMs: 5000, capMs: 30_000 };
/** A thread that hands in nothing is left out at the end, where the browser answers and no other thread hands in any more. */
const END: ProgressLimits = { what: 'the samples of a thread', silenceMs: 15_000, capMs: 3 * 60_000 };
/** Longest pause of a thread before its first line, however slow the machine. Our preparations must not stop the page. */
export const HOLD_CAP_MS = 60_000;

const stopped = z.object({ profile: cpuProfileSchema });

export interface ThreadProfiles {
  readonly profiles: readonly ThreadProfile[];
  /** Sampled threads whose samples are lost, each with the reason. */
  readonly lost: readonly string[];
}

export interface ThreadProfiler {
  /** Announces that the page is about to be left. Its workers and frames end with it and are not reported as lost. */
  leave(): void;
  /** Returns the samples since the beginning or the last turn, and continues. Never rejects. */
  turn(): Promise<ThreadProfiles>;
  /** Ends sampling. Never rejects. */
  stop(): Promise<ThreadProfiles>;
}

/** Called with each worker, and each frame in a separate process, while it is paused before its first line. */
export type WhileHeld = (session: ProtocolSession, type: string, ended: Promise<void>, url: string) => Promise<unknown>;

/**
 * Samples the call stacks of a page: its main thread, frames in other processes, and all workers, including nested ones, from
 * before their first line. One profile per thread is returned at the end, or for each stretch. Unlike the trace's own profiler,
 * it writes nothing while it runs.
 * The trace must already be recording: it identifies the thread of each profile.
 *
 * Only the Profiler domain is used: with the Debugger domain Wasm would run in the baseline tier.
 * @param page a session of the page; sampling continues when the page navigates or changes its process
 * @param intervalUs time between two samples of a thread
 */
export async function profileThreads(
  page: ProtocolSession,
  intervalUs: number,
  whileHeld: WhileHeld = async () => {},
): Promise<ThreadProfiler> {
  const threads = new Map<number, Thread>();
  let targets = 0;

  const profileChild = (session: ProtocolSession, ended: Promise<void>, type: string, url: string): void => {
    const thread: Thread = {
      session,
      started: Promise.all([profileChildren(session), start(session, intervalUs)]),
      isMain: type === 'iframe',
      ended: false,
      isLeft: false,
      came: [],
    };
    ended.then(() => {
      thread.ended = true;
    });
    thread.started.catch(() => {});
    threads.set(targets++, thread);
    within(HOLD_CAP_MS, whileHeld(session, type, ended, url))
      .catch(() => {})
      .then(() => session.send('Runtime.runIfWaitingForDebugger'))
      .catch(() => {});
  };
  const profileChildren = (session: ProtocolSession): Promise<void> => childSessions(session, profileChild);

  const started = Promise.all([profileChildren(page), start(page, intervalUs)]);
  threads.set(targets++, { session: page, started, isMain: true, ended: false, isLeft: false, came: [] });
  await started;

  const takeProfiles = async (goesOn: boolean, limits: ProgressLimits): Promise<ThreadProfiles> => {
    for (const [target, { ended, isLeft }] of threads) if (ended && isLeft) threads.delete(target);
    // Each profile is a sign of life for all: on a slow machine they come one after the other.
    const wait = whileProgress({ ...limits, witness: () => askBrowser(page) });
    const lost: string[] = [];
    const take = async (target: number, thread: Thread): Promise<readonly ThreadProfile[]> => {
      const asked = profileOf(target, thread, goesOn).then((profile) => thread.came.push(profile));
      try {
        await wait(asked);
      } catch (error) {
        const comesLater = limits === TURN && error instanceof LimitError;
        if (!comesLater && !thread.isLeft) lost.push((error as Error).message);
      }
      return thread.came.splice(0);
    };
    const taking = [...threads].map(([target, thread]) => take(target, thread));
    for (const [target, { ended }] of threads) if (ended) threads.delete(target);
    return { profiles: (await Promise.all(taking)).flat(), lost };
  };
  return {
    leave() {
      for (const thread of threads.values()) thread.isLeft = true;
    },
    turn: () => takeProfiles(true, TURN),
    // The last stretch is nearly empty, but the trace contains its beginning, which identifies the target's other stretches.
    // The trace may lack the beginning of the first: a page that moves to its own process may be sampled there before the trace
    // records there.
    async stop() {
      const { profiles, lost } = await takeProfiles(true, END);
      const answered = new Set(profiles.map(({ target }) => target));
      for (const target of threads.keys()) if (!answered.has(target)) threads.delete(target);
      const last = await takeProfiles(false, END);
      return { profiles: [...profiles, ...last.profiles], lost };
    },
  };
}

interface Thread {
  readonly session: ProtocolSession;
  readonly started: Promise<unknown>;
  /** True for pages and frames. */
  readonly isMain: boolean;
  ended: boolean;
  /** Its document is not the recorded one. */
  isLeft: boolean;
  /** Profiles that came, and were not taken yet: also one that was late for its stretch. */
  readonly came: ThreadProfile[];
}

async function start(session: ProtocolSession, interval: number): Promise<void> {
  await Promise.all([
    session.send('Profiler.enable'),
    session.send('Profiler.setSamplingInterval', { interval }),
    session.send('Profiler.start'),
  ]);
}

/** V8 answers even if the thread sleeps in a Wasm wait, because the command interrupts it. */
async function profileOf(target: number, { session, started, ended, isMain }: Thread, goesOn: boolean): Promise<ThreadProfile> {
  if (ended) throw new Error('a worker ended before the recording did');
  await started;
  // Sent together, so that the thread is unsampled only for as long as V8 needs.
  const profile = session.send('Profiler.stop', {}, NO_LIMIT);
  const again = goesOn ? session.send('Profiler.start') : null;
  again?.catch(() => {});
  return { target, isMain, profile: stopped.parse(await profile).profile };
}
