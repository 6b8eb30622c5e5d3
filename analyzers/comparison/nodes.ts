import type { Analysis } from '../index.js';
import { byDifference, type Compared, figure } from './figure.js';

export interface ComparedNode extends Compared {
  /** Its type: "Conv". Untrusted text. */
  readonly operator: string;
  /** Of the graphs that have it. */
  readonly in: 'both' | 'a' | 'b';
}

/**
 * Single operators of two recordings by name and type, the largest difference first. Names need not be unique: those of one name and
 * type are one.
 */
export function comparedNodes(a: Analysis, b: Analysis): ComparedNode[] {
  const of = ({ kernels }: Analysis): Map<string, { name: string; operator: string; ms: number }> => {
    const nodes = new Map<string, { name: string; operator: string; ms: number }>();
    for (const { name, operator, ms } of kernels) {
      const key = JSON.stringify([name, operator]);
      nodes.set(key, { name, operator, ms: (nodes.get(key)?.ms ?? 0) + ms });
    }
    return nodes;
  };
  const [was, is] = [of(a), of(b)];
  // Without times of one side there is nothing to compare.
  if (was.size === 0 || is.size === 0) return [];
  return [...new Map([...was, ...is])]
    .map(([key, { name, operator }]) => {
      const [before, after] = [was.get(key), is.get(key)];
      const times = figure(name, { ms: before?.ms ?? 0, ci95Ms: null }, { ms: after?.ms ?? 0, ci95Ms: null });
      return { ...times, operator, in: before && after ? ('both' as const) : before ? ('a' as const) : ('b' as const) };
    })
    .sort(byDifference);
}
