import { z } from 'zod';
import { COUNTERS } from '../../src/wasm/rewrite/countExecuted.js';
import { childSessions } from '../cpuProfile/childSessions.js';
import { evaluateIn } from '../pageHook/evaluateIn.js';
import type { ProtocolSession } from '../protocolSession.js';
import { keepCounters } from './keepCounters.js';

/** Per memory of counters, the counters that are not zero: the sums over all instances that export it. */
export type Counters = ReadonlyMap<string, ReadonlyMap<number, number>>;

const realmCounters = z.array(z.tuple([z.string(), z.array(z.number()), z.array(z.number())]));

const KEY = 'inferscopeCounters';
const SOURCE = `(${keepCounters.toString()})(${JSON.stringify(COUNTERS)}, ${JSON.stringify(KEY)});`;

const unlimited = <T>(work: Promise<T>): Promise<T> => work;

/**
 * Prepares a page that is still blank: its document and all its workers keep the counters of their instances.
 * @returns reads those of the realm that runs the model: the page, or the worker that it began first
 */
export async function countersOf(page: ProtocolSession, on: 'worker' | 'main'): Promise<() => Promise<Counters>> {
  let worker: ProtocolSession | null = null;
  const watch = (parent: ProtocolSession): Promise<void> =>
    childSessions(parent, (child) => {
      if (parent === page) worker ??= child;
      // Both are sent at once, as Playwright resumes a worker as soon as it can.
      const prepared = [watch(child), evaluateIn(child, undefined, `${SOURCE} undefined`, unlimited)];
      void Promise.allSettled(prepared)
        .then(() => child.send('Runtime.runIfWaitingForDebugger'))
        .catch(() => {});
    });
  await page.send('Page.enable');
  await page.send('Page.addScriptToEvaluateOnNewDocument', { source: SOURCE });
  await watch(page);
  return async () => {
    const read = await evaluateIn(on === 'main' ? page : (worker ?? page), undefined, `${KEY}()`, unlimited);
    return summed(realmCounters.parse(read));
  };
}

function summed(memories: z.infer<typeof realmCounters>): Counters {
  const sums = new Map<string, Map<number, number>>();
  for (const [name, counters, values] of memories) {
    const sum = sums.get(name) ?? new Map<number, number>();
    sums.set(name, sum);
    counters.forEach((counter, i) => {
      sum.set(counter, (sum.get(counter) ?? 0) + values[i]!);
    });
  }
  return sums;
}

/** What was counted between two readings. */
export function countersBetween(before: Counters, after: Counters): Counters {
  return new Map(
    [...after].map(([name, values]) => [
      name,
      new Map([...values].map(([counter, value]) => [counter, value - (before.get(name)?.get(counter) ?? 0)])),
    ]),
  );
}
