import type { MachinePeaks } from '../../src/bundle/operatorLog.js';
import type { Work } from './arithmetic.js';

/** What an operator reached, and what held it back. */
export interface Reached {
  /** 10⁹ floating-point operations per second. */
  readonly gflops: number | null;
  readonly gigabytesPerSecond: number | null;
  /** Null where its work or the peaks are not known. */
  readonly bound: Bound | null;
}

export type Bound = 'compute' | 'memory' | 'overhead';

/**
 * Of its time, that which arithmetic or memory at its peak would take: from here on it is bound by that one. The peak of arithmetic is of
 * registers alone, which no operator reaches that loads what it computes with: good convolutions come to half of it.
 */
const EXPLAINS = 0.25;

/**
 * The roofline model: an operator can be no faster than its operations at the peak of arithmetic, and its bytes at the peak of memory. What of the
 * two takes more of its time bounds it, if that is a quarter of its time at least; else neither does, and it is what stands around them: code that
 * does not use the machine, starting and joining threads, work too small. Bytes that come from a cache can be faster than memory's peak.
 * Williams, Waterman, Patterson: Roofline, CACM 52 (4), 2009. https://doi.org/10.1145/1498765.1498785
 * @param ms null where it is not the time of the computation itself
 * @param peaks null where they say nothing about where it ran
 */
export function roofline({ flops, bytes }: Work, ms: number | null, peaks: MachinePeaks | null): Reached {
  const perNs = (amount: number | null): number | null => (amount === null || ms === null || ms <= 0 ? null : amount / ms / 1e6);
  const gflops = perNs(flops);
  const gigabytesPerSecond = perNs(bytes);
  const bound = peaks && boundOf(share(gflops, peaks.gigaflops), share(gigabytesPerSecond, peaks.gigabytesPerSecond));
  return { gflops: flops === 0 ? null : gflops, gigabytesPerSecond, bound };
}

const share = (reached: number | null, peak: number): number | null => reached && reached / peak;

function boundOf(arithmetic: number | null, memory: number | null): Bound | null {
  const most = Math.max(arithmetic ?? 0, memory ?? 0);
  if (most >= EXPLAINS) return most === arithmetic ? 'compute' : 'memory';
  // Of what is not known it may be bound.
  return arithmetic === null || memory === null ? null : 'overhead';
}
