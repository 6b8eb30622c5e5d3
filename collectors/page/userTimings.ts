import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { glob } from '../../src/text/glob.js';
import type { ProtocolSession } from '../protocolSession.js';
import { isolatedWorld, valueInIsolatedWorld } from './isolatedWorld.js';

const MOST_MEASURES = 1000;
const NAME_LIMIT = 4096;
const measures = z.array(z.tuple([z.string(), z.number().nonnegative()]));

/**
 * Latencies of inferences before the recording, from the measures that the page's own document still holds. They show what
 * recording costs. Frames and workers are not asked.
 * @param mark name of the measures; `*` stands for any text
 * @returns at most the last thousand, ms; empty if the page has no such measures, cleared them, or does not answer
 */
export async function unrecordedTimings(page: ProtocolSession, mark: string): Promise<readonly number[]> {
  const entries = mark.includes('*') ? `getEntriesByType('measure')` : `getEntriesByName(${JSON.stringify(mark)}, 'measure')`;
  const expression = `performance.${entries}.slice(-${MOST_MEASURES}).map(({ name, duration }) => [name.slice(0, ${NAME_LIMIT}), duration])`;
  try {
    const left = await valueInIsolatedWorld(page, expression, measures);
    const matches = glob(mark);
    return left.filter(([name]) => matches(name)).map(([, ms]) => ms);
  } catch {
    return [];
  }
}

/** The user timing that ends a wait. */
export interface AwaitedTiming {
  readonly name: string;
  /** The required kind; null: a mark or a measure. */
  readonly kind: 'measure' | null;
  /** Number of them on one page that ends the wait. */
  readonly count: number;
}

export interface TimingWatch {
  /** Removes the observers. Never fails. */
  stop(): Promise<void>;
}

const evaluated = z.object({ result: z.object({ objectId: z.string() }) });
const answered = z.object({ result: z.object({ value: z.boolean() }) });

/** Shorter than the limit of a request. */
const ASK_AGAIN_MS = 15_000;
/** Pause before a page that is changing its document is asked again. */
const PAUSE_MS = 100;
const GROUP = 'inferscope';

/**
 * Waits until a thread leaves a user timing. In a page the observer is in an isolated world, out of reach of the page's scripts.
 * A worker has no such worlds, but no variable there leads to the observer.
 * The protocol has no event for user timing, and the trace can be read only at its end.
 * @param type of the target: `page`, `iframe`, `worker`, …
 * @param fromNow ignores earlier entries
 */
export function watchTiming(
  session: ProtocolSession,
  type: string,
  timing: AwaitedTiming,
  fromNow: boolean,
  seen: () => void,
): TimingWatch {
  const hasWorlds = type === 'page' || type === 'iframe';
  let over = false;
  let observer: string | null = null;
  let isFirst = true;

  const observe = async (): Promise<void> => {
    const context = hasWorlds ? { contextId: await isolatedWorld(session) } : {};
    const expression = `(${observation})(${JSON.stringify(timing)}, ${fromNow && isFirst})`;
    observer = evaluated.parse(await session.send('Runtime.evaluate', { expression, objectGroup: GROUP, ...context })).result
      .objectId;
    isFirst = false;
  };
  const call = (objectId: string, functionDeclaration: string): Promise<unknown> =>
    session.send('Runtime.callFunctionOn', { objectId, functionDeclaration, awaitPromise: true, returnByValue: true });
  const run = async (): Promise<void> => {
    while (!over) {
      try {
        if (observer === null) await observe();
        const answer = answered.parse(await call(observer!, `function () { return this.wait(${ASK_AGAIN_MS}); }`));
        if (answer.result.value && !over) seen();
        if (answer.result.value) return;
      } catch {
        // The document is gone, or does not exist yet.
        observer = null;
        await sleep(PAUSE_MS);
      }
    }
  };
  run();
  return {
    async stop() {
      over = true;
      if (observer !== null) await call(observer, 'function () { this.stop(); return true; }').catch(() => {});
      await session.send('Runtime.releaseObjectGroup', { objectGroup: GROUP }).catch(() => {});
    },
  };
}

/** Runs in the page, as text. */
const observation = `({ name, kind, count }, fromNow) => {
  const sinceMs = fromNow ? performance.now() : 0;
  let left = count;
  let told;
  const done = new Promise((resolve) => { told = resolve; });
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntriesByName(name)) {
      if (entry.startTime + entry.duration >= sinceMs && --left === 0) { observer.disconnect(); told(true); }
    }
  });
  for (const type of kind === null ? ['mark', 'measure'] : [kind]) observer.observe({ type, buffered: true });
  return {
    wait: (ms) => Promise.race([done, new Promise((resolve) => setTimeout(() => resolve(false), ms))]),
    stop() { observer.disconnect(); told(true); },
  };
}`;
