import { isDeepStrictEqual } from 'node:util';
import { type CountLog, countLogSchema } from '../../src/bundle/countLog.js';
import { whileConnected } from '../browser/whileConnected.js';
import { CollectError } from '../collectError.js';
import type { HarnessServer, ServedPage } from '../harness/server.js';
import { openHarness } from '../harness/session.js';
import type { PassContext } from '../passContext.js';
import type { ProtocolSession } from '../protocolSession.js';
import { countingModules } from './countingModules.js';
import { executedIn } from './executedIn.js';
import { type Counters, countersBetween, countersOf } from './readCounters.js';

/** Predictions that are counted, each by itself, so that it shows what repeats. */
const COUNTED = 2;
/** Predictions before them: what an allocator does depends on what was there before. */
const SETTLING = 4;

/**
 * Counts what the modules execute: a fresh page runs the same modules, rewritten so that every straight piece of code counts how
 * often it ran. It comes late, since such a page is slower, and nothing of it is timed. If it fails, the run has not failed.
 * @param serve opens a further server of the same page
 * @param sampledAt see `countingModules`
 */
export async function countPass(
  { browser, options, workload, record, progress, signal }: Omit<PassContext, 'picked' | 'server'>,
  serve: (page: ServedPage) => Promise<HarnessServer>,
  sampledAt: ReadonlySet<number>,
): Promise<void> {
  progress.step('Counting what is executed');
  const { collectors } = record.manifest;
  try {
    const modules = countingModules(sampledAt);
    const server = await serve({ isolated: options.isolated, rewriteModule: modules.rewrite });
    const session = await openHarness(browser, server, signal);
    try {
      const read = await whileConnected(browser, countersOf(session.cdp as ProtocolSession, options.on));
      await session.open(options.on, workload);
      const taken = await session.setup();
      await session.warmup();
      await session.predict(SETTLING);
      const counted: Counters[] = [];
      let before = await session.whileOpen(read());
      for (let prediction = 0; prediction < COUNTED; prediction++) {
        await session.predict(1);
        const after = await session.whileOpen(read());
        counted.push(countersBetween(before, after));
        before = after;
        progress.advance((prediction + 1) / COUNTED, `${prediction + 1} of ${COUNTED} predictions`);
      }
      if (counted.every((counters) => counters.size === 0))
        throw new CollectError(modules.lacks.join('; ') || 'no module that counts was found in the page');
      const executed = counted.map((counters) => executedIn(modules.made, counters));
      const log = countLogSchema.parse({
        schema: 'inferscope.counts/1',
        predictions: 1,
        threads: taken.threads,
        sampledOnly: sampledAt.size > 0,
        ...compared(executed.at(-2)!, executed.at(-1)!),
      });
      await record.writer.counts(log);
      const functions = log.modules.reduce((sum, module) => sum + module.functions.length, 0);
      collectors.counts = { outcome: 'done', detail: [`what ${functions} Wasm functions execute`, ...modules.lacks].join('; ') };
    } finally {
      await session.close().catch(() => {});
    }
  } catch (error) {
    if (signal.aborted) throw error;
    collectors.counts = { outcome: 'failed', detail: `What is executed could not be counted: ${(error as Error).message}` };
  }
}

/** What was executed in a prediction, and whether each function executed the same in the one before. */
export function compared(
  before: ReturnType<typeof executedIn>,
  after: ReturnType<typeof executedIn>,
): Pick<CountLog, 'modules' | 'varyingShare'> {
  let [all, varying] = [0, 0];
  const modules = after.map(({ sha256, functions }) => {
    const earlier = new Map(before.find((module) => module.sha256 === sha256)?.functions.map((each) => [each.index, each]));
    return {
      sha256,
      functions: functions.map((each) => {
        const repeats = isDeepStrictEqual(each, earlier.get(each.index));
        const operators = Object.values(each.executed).reduce((sum, count) => sum + count, 0);
        all += operators;
        if (!repeats) varying += operators;
        return { ...each, repeats };
      }),
    };
  });
  return { modules, varyingShare: all === 0 ? 0 : varying / all };
}
