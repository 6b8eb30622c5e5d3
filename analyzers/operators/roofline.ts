import type { MachinePeaks } from '../../src/bundle/operatorLog.js';
import type { Work } from './arithmetic.js';

/** The rate that an operator reached, and what limited it. */
export interface Reached {
  /** 10⁹ floating-point operations per second. */
  readonly gflops: number | null;
  readonly gigabytesPerSecond: number | null;
  /** Null where its work or the peaks are unknown. */
  readonly bound: Bound | null;
}

export type Bound = 'compute' | 'memory' | 'overhead';

/**
 * An operator is bound by arithmetic or memory if that takes at least this share of its time at peak rate. The arithmetic peak is
 * measured in registers, so an operator that loads its operands cannot reach it: good convolutions reach half.
 */
const MIN_BOUND_SHARE = 0.25;

/**
 * The roofline model: an operator is no faster than its operations at peak arithmetic, and its bytes at peak memory bandwidth.
 * The larger of these two times bounds it, if it is at least a quarter of the operator's time. Otherwise overhead bounds it: code
 * that does not use the machine, starting and joining threads, or too little work. Bytes from a cache can be faster than the
 * memory peak.
 * Williams, Waterman, Patterson: Roofline, CACM 52 (4), 2009. https://doi.org/10.1145/1498765.1498785
 * @param ms null where it is not the time of the computation itself
 * @param peaks null where they do not apply to where the operator ran
 */
export function roofline({ flops, bytes }: Work, ms: number | null, peaks: MachinePeaks | null): Reached {
  const perNs = (amount: number | null): number | null => (amount === null || ms === null || ms <= 0 ? null : amount / ms / 1e6);
  const gflops = perNs(flops);
  const gigabytesPerSecond = perNs(bytes);
  const bound = peaks && boundOf(share(gflops, peaks.gigaflops), share(gigabytesPerSecond, peaks.gigabytesPerSecond));
  return { gflops: flops === 0 ? null : gflops, gigabytesPerSecond, bound };
}

/**
 * The least time of an operator at this machine's peaks, ms; null where its work or the peaks are unknown, or it may do none. A
 * lower bound for the browser's present instructions: what is above it is at most what better code could save.
 */
export function roofMs({ flops, bytes }: Work, peaks: MachinePeaks | null): number | null {
  if (!peaks || (!flops && bytes === null)) return null;
  return Math.max((flops ?? 0) / peaks.gigaflops, (bytes ?? 0) / peaks.gigabytesPerSecond) / 1e6;
}

const share = (reached: number | null, peak: number): number | null => reached && reached / peak;

function boundOf(arithmetic: number | null, memory: number | null): Bound | null {
  const most = Math.max(arithmetic ?? 0, memory ?? 0);
  if (most >= MIN_BOUND_SHARE) return most === arithmetic ? 'compute' : 'memory';
  // A quantity that is unknown may be what bounds it.
  return arithmetic === null || memory === null ? null : 'overhead';
}
