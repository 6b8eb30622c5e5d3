import { z } from 'zod';
import { COUNTERS } from '../../src/wasm/rewrite/countExecuted.js';
import type { ProtocolSession } from '../protocolSession.js';

/** Per memory of counters, the counters that are not zero: the sums over all instances that export it. */
export type Counters = ReadonlyMap<string, ReadonlyMap<number, number>>;

const remote = z.object({ result: z.object({ objectId: z.string() }) });
const queried = z.object({ objects: z.object({ objectId: z.string() }) });
const given = z.object({
  result: z.object({ value: z.array(z.tuple([z.string(), z.array(z.number()), z.array(z.number())])) }),
});

/** Runs in the page, on the list of its instances. Values are exact up to 2⁵³. */
const COLLECT = `function (prefix) {
  const found = [];
  for (const instance of this) {
    for (const [name, memory] of Object.entries(instance.exports)) {
      if (!name.startsWith(prefix)) continue;
      const counters = [], values = [];
      new BigUint64Array(memory.buffer).forEach((value, counter) => {
        if (value > 0n) { counters.push(counter); values.push(Number(value)); }
      });
      found.push([name, counters, values]);
    }
  }
  return found;
}`;

/**
 * Reads the counters of every instance of a counting module in these threads. V8 itself lists the instances, so that nothing in
 * the page has to be wrapped, and threads that a framework begins are no exception.
 */
export async function readCounters(threads: readonly ProtocolSession[]): Promise<Counters> {
  const sums = new Map<string, Map<number, number>>();
  for (const thread of threads) {
    const prototype = remote.parse(await thread.send('Runtime.evaluate', { expression: 'WebAssembly.Instance.prototype' }));
    const { objects } = queried.parse(
      await thread.send('Runtime.queryObjects', { prototypeObjectId: prototype.result.objectId }),
    );
    const { result } = given.parse(
      await thread.send('Runtime.callFunctionOn', {
        objectId: objects.objectId,
        functionDeclaration: COLLECT,
        arguments: [{ value: COUNTERS }],
        returnByValue: true,
      }),
    );
    await thread.send('Runtime.releaseObject', { objectId: objects.objectId });
    for (const [name, counters, values] of result.value) {
      const sum = sums.get(name) ?? new Map<number, number>();
      sums.set(name, sum);
      counters.forEach((counter, i) => sum.set(counter, (sum.get(counter) ?? 0) + values[i]!));
    }
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
