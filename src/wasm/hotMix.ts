import type { FunctionCode } from './functionCode.js';
import { type Mix, mixOf } from './mix.js';

/**
 * How many times more often a loop's body runs than what is around it, where nothing but the code is known: a backward branch is
 * taken with probability 0.88, so 1 / (1 − 0.88). Wu & Larus, *Static Branch Frequency and Program Profile Analysis*, MICRO-27
 * (1994), after the loop branch heuristic of Ball & Larus (1993).
 */
export const iterationsPerLoop = 1 / (1 - 0.88);

/**
 * The mix of the innermost loops. The deepest ones count fully, a loop that is nested one level less counts 1/8.33 of that
 * (iterationsPerLoop), and so on: the estimated frequency relative to the most frequent code, so the numbers stay comparable with
 * what one reads in a disassembly. Without a loop, the whole body.
 */
export function hotMix({ body, loops }: Pick<FunctionCode, 'body' | 'loops'>): Mix {
  const innermost = loops.filter((loop) => loop.innermost);
  if (innermost.length === 0) return body;
  const deepest = innermost.reduce((most, { depth }) => Math.max(most, depth), 0);
  return mixOf((name) => innermost.reduce((sum, { own, depth }) => sum + own[name] * iterationsPerLoop ** (depth - deepest), 0));
}
