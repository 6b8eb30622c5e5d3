import { UsageError } from './usageError.js';

/** @throws UsageError if what was given as `--iterations` is no number of predictions */
export function checkIterations(iterations: number | undefined): void {
  if (iterations === undefined || (Number.isInteger(iterations) && iterations >= 1)) return;
  throw new UsageError('--iterations is a whole number from 1 on.');
}
