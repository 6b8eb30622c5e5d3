import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { ProtocolSession } from '../protocolSession.js';
import { within } from '../within.js';
import { childSessions } from './childSessions.js';
import { type CpuProfile, cpuProfileSchema } from './cpuProfile.js';

/** A thread that has not handed in its profile by then is left out. */
const STOP_LIMIT_MS = 5000;

const stopped = z.object({ profile: cpuProfileSchema });

export interface ThreadProfile {
  /** Name of a user-timing mark that the thread left in the trace: it says which thread this is. */
  readonly mark: string;
  readonly profile: CpuProfile;
}

export interface ThreadProfiles {
  readonly profiles: readonly ThreadProfile[];
  /** Threads that were sampled and whose samples are lost, each with the reason. */
  readonly lost: readonly string[];
}

export interface ThreadProfiler {
  /** Ends sampling. Never rejects; the trace must still be recording, as the page is marked only now. */
  stop(): Promise<ThreadProfiles>;
}

/**
 * Samples the stack of a page's main thread and of all its workers, nested ones too, from before their first line on. One profile per
 * thread comes back at the end; unlike the samples of the trace's own profiler, nothing is written while it runs.
 *
 * Only the Profiler domain is used: with the Debugger domain Wasm would run in the baseline tier.
 * @param page a session of the page's own; sampling goes on when the page navigates and when it changes its process
 * @param intervalUs time between two samples of a thread
 */
export async function profileThreads(page: ProtocolSession, intervalUs: number): Promise<ThreadProfiler> {
  const threads: { stop(): Promise<ThreadProfile> }[] = [];
  const lost: string[] = [];

  const profileWorker = (session: ProtocolSession, ended: Promise<void>): void => {
    const mark = markName();
    let has = true;
    ended.then(() => {
      has = false;
    });
    // Not waited for: a thread that is soon asleep for good does not hear the command to set its mark, and is then said to have none.
    setMark(session, mark).catch(() => {});
    const started = Promise.all([profileChildren(session), start(session, intervalUs)]);
    session.send('Runtime.runIfWaitingForDebugger').catch(() => {});
    started.catch(() => {});
    threads.push({
      async stop() {
        if (!has) throw new Error('a worker ended before the recording did');
        await started;
        return { mark, profile: await profileOf(session) };
      },
    });
  };
  const profileChildren = (session: ProtocolSession): Promise<void> => childSessions(session, profileWorker);

  await Promise.all([profileChildren(page), start(page, intervalUs)]);
  threads.push({
    async stop() {
      // Marked at the end: a page that navigates may begin in another process than it ends in, and its samples are those of the last.
      const mark = markName();
      const [, profile] = await Promise.all([setMark(page, mark), profileOf(page)]);
      return { mark, profile };
    },
  });

  return {
    async stop() {
      const results = await Promise.allSettled(threads.map((thread) => within(STOP_LIMIT_MS, thread.stop())));
      const profiles: ThreadProfile[] = [];
      for (const result of results) {
        if (result.status === 'fulfilled') profiles.push(result.value);
        else lost.push((result.reason as Error).message);
      }
      return { profiles, lost };
    },
  };
}

const markName = (): string => `inferscope:thread:${randomBytes(6).toString('hex')}`;

async function start(session: ProtocolSession, interval: number): Promise<void> {
  await Promise.all([
    session.send('Profiler.enable'),
    session.send('Profiler.setSamplingInterval', { interval }),
    session.send('Profiler.start'),
  ]);
}

/** Leaves a mark in the trace, and nothing in the page's own timeline. */
async function setMark(session: ProtocolSession, name: string): Promise<void> {
  await session.send('Runtime.evaluate', { expression: `performance.mark('${name}'); performance.clearMarks('${name}');` });
}

/** V8 answers even where the thread sleeps in a Wasm function that waits: the command interrupts it. */
async function profileOf(session: ProtocolSession): Promise<CpuProfile> {
  return stopped.parse(await session.send('Profiler.stop')).profile;
}
