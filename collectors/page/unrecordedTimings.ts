import { z } from 'zod';
import { glob } from '../../src/text/glob.js';
import type { ProtocolSession } from '../protocolSession.js';
import { valueInIsolatedWorld } from './valueInIsolatedWorld.js';

const MOST = 1000;
const NAME_LIMIT = 4096;
const measures = z.array(z.tuple([z.string(), z.number().nonnegative()]));

/**
 * How long inferences took before anything recorded them: the measures that a page's own document still has, by which it is known what recording
 * costs. Those of its frames and workers are not looked at. They are read from a world of our own, so nothing is left in the page.
 * @param mark name of the measures; `*` stands for any text
 * @returns the last thousand at the most, ms; none where the page leaves no such measure, takes its own away, or does not answer
 */
export async function unrecordedTimings(page: ProtocolSession, mark: string): Promise<readonly number[]> {
  const entries = mark.includes('*') ? `getEntriesByType('measure')` : `getEntriesByName(${JSON.stringify(mark)}, 'measure')`;
  const expression = `performance.${entries}.slice(-${MOST}).map(({ name, duration }) => [name.slice(0, ${NAME_LIMIT}), duration])`;
  try {
    const left = await valueInIsolatedWorld(page, expression, measures);
    const matches = glob(mark);
    return left.filter(([name]) => matches(name)).map(([, ms]) => ms);
  } catch {
    return [];
  }
}
