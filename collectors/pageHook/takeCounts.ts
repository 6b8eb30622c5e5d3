import { z } from 'zod';
import { CollectError } from '../collectError.js';
import type { ProtocolSession } from '../protocolSession.js';
import type { Wait } from '../whileProgress.js';
import { evaluateIn, type Realm } from './evaluateIn.js';
import type { RealmCounts } from './hooked.js';
import { hookWire, inParts, MOST_CHARACTERS, parsed } from './takeHookLogs.js';

const count = z.number().int().nonnegative();

/** The text from a realm. It is untrusted: the page can reach what creates it. */
const wire = z.object({
  at: z.object({ mark: z.string().max(4096), ms: z.number() }),
  wasm: hookWire.wasm,
  counters: z.array(z.tuple([z.string(), z.string(), count, z.string(), z.array(count), z.array(count)])).max(100_000),
  uncounted: z.object({ unknown: count, refused: count, tooLarge: count, noMemory: count }),
});

/**
 * The counters of a realm so far; null if it is not hooked so that it counts.
 * @throws LimitError if the thread does not answer within the limits of the wait; CollectError for an invalid answer
 */
export async function takeCounts(session: ProtocolSession, realm: Realm, key: string, wait: Wait): Promise<RealmCounts | null> {
  const ask = (expression: string) => evaluateIn(session, realm, expression, wait);
  const length = await ask(`typeof ${key} === 'undefined' || !${key} ? -1 : ${key}.count()`);
  if (length === -1) return null;
  const text = await inParts(length, MOST_CHARACTERS, (from, to) => ask(`${key}.text(${from}, ${to})`));
  const answer = wire.safeParse(parsed(text));
  if (!answer.success)
    throw new CollectError(`What a thread counted is malformed: ${z.prettifyError(answer.error).split('\n')[0]}.`);
  const { at, wasm, counters, uncounted } = answer.data;
  // Their hashes are not asked for: by these it shows which instances are of one module.
  const instances = wasm.instances.map(({ module, ...rest }) => ({
    ...rest,
    sha256: module < 0 ? null : module.toString(16).padStart(64, '0'),
  }));
  return { at, wasm: instances.length === 0 ? null : { ...wasm, instances }, counters, uncounted };
}
