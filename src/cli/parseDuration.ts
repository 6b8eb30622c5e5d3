import { durationMs } from '../../collectors/durationMs.js';
import { UsageError } from './usageError.js';

/** A duration like 90s, 5m or 1.5h, in ms. @throws UsageError that names the option */
export function parseDuration(option: string, text: string): number {
  const ms = durationMs(text);
  if (ms === null) throw new UsageError(`${option} is a duration like 90s, 5m or 1h, not "${text}".`);
  return ms;
}
