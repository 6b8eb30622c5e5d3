import { UsageError } from './usageError.js';

const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** A duration like 90s, 5m or 1.5h, in ms. @throws UsageError that names the option */
export function parseDuration(option: string, text: string): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text.trim()) ?? [];
  const ms = Number(amount) * (UNITS_MS[unit ?? ''] ?? Number.NaN);
  if (!(ms > 0 && Number.isFinite(ms))) throw new UsageError(`${option} is a duration like 90s, 5m or 1h, not "${text}".`);
  return ms;
}
