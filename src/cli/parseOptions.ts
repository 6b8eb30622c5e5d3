import { durationMs } from '../../collectors/durationMs.js';
import { PASS_NAMES, type PassName } from '../../collectors/passes.js';
import { UsageError } from './explain.js';

/** @throws UsageError if the value of `--iterations` is not a valid number of predictions */
export function checkIterations(iterations: number | undefined): void {
  if (iterations === undefined || (Number.isInteger(iterations) && iterations >= 1)) return;
  throw new UsageError('--iterations is a whole number from 1 on.');
}

/** A duration like 90s, 5m or 1.5h, in ms. @throws UsageError that names the option */
export function parseDuration(option: string, text: string): number {
  const ms = durationMs(text);
  if (ms === null) throw new UsageError(`${option} is a duration like 90s, 5m or 1h, not "${text}".`);
  return ms;
}

/**
 * Names of passes as `--passes` takes them, separated by commas. @throws UsageError if there is no such pass, or none is named
 */
export function parsePasses(text: string): readonly PassName[] {
  const given = text.split(',').map((name) => name.trim());
  const unknown = given.find((name) => !(PASS_NAMES as readonly string[]).includes(name));
  if (unknown !== undefined) {
    throw new UsageError(`--passes has no pass "${unknown}"; there are ${PASS_NAMES.join(', ')}.`);
  }
  return PASS_NAMES.filter((name) => given.includes(name));
}
