const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Parses a duration like 90s, 5m or 1.5h; a plain number is seconds. @returns ms; null for any other text, or 0 */
export function durationMs(text: string): number | null {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text.trim()) ?? [];
  const ms = Number(amount) * (UNITS_MS[unit ?? 's'] ?? Number.NaN);
  return ms > 0 && Number.isFinite(ms) ? ms : null;
}
