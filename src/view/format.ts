import { lastPart } from '../text/lastPart.js';
import type { Table, Value, ValueKind } from './block.js';

/** Shown where a number was not measured. */
export const MISSING = '—';

/**
 * Milliseconds with three significant digits, two decimals at most from 0.1 ms on, grouped thousands: 52.1 ms, 4,350 ms. An
 * ordinary space is between number and unit; the page turns it into a non-breaking one.
 */
export function formatMs(valueMs: number | null): string {
  return valueMs === null || !Number.isFinite(valueMs) ? MISSING : `${plain(valueMs, decimalsOf(valueMs))} ms`;
}

/** A fraction of 1 as percent: 97.1 %, 0.3 %, 0.02 %, < 0.01 %. */
export function formatShare(share: number | null): string {
  if (share === null || !Number.isFinite(share)) return MISSING;
  const percent = share * 100;
  if (percent > 0 && percent < 0.01) return '< 0.01 %';
  if (percent < 100 && percent > 99.9) return '> 99.9 %';
  return `${plain(percent, percent === 0 || percent === 100 ? 0 : Math.abs(percent) < 0.1 ? 2 : 1)} %`;
}

/** A change as percent with its sign: +2.5 %. */
export function formatChange(change: number): string {
  return `${change > 0 ? '+' : ''}${formatShare(change)}`;
}

/** Three significant digits and a times sign: 4.10×. */
export function formatRatio(ratio: number | null): string {
  return ratio === null || !Number.isFinite(ratio) ? MISSING : `${plain(ratio, decimalsOf(ratio))}×`;
}

/** A score from 0 to 1 with two decimals: 0.91. */
export function formatScore(score: number | null): string {
  return score === null || !Number.isFinite(score) ? MISSING : plain(score, 2);
}

/** Three significant digits, and the unit where the column's heading does not have it: 38.2 GFLOP/s. */
export function formatRate(rate: number | null, unit?: string): string {
  if (rate === null || !Number.isFinite(rate)) return MISSING;
  return `${plain(rate, decimalsOf(rate))}${unit === undefined ? '' : ` ${unit}`}`;
}

/** Decimal units, three significant digits: 13.9 MB. */
export function formatBytes(bytes: number | null): string {
  if (bytes === null || !Number.isFinite(bytes)) return MISSING;
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (Math.abs(value) >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${plain(value, unit === 0 ? 0 : decimalsOf(value))} ${units[unit]}`;
}

/**
 * The two ends of an interval, with the decimals of the number that it belongs to, so that both look alike: 51.0–53.4. A negative
 * end is written with "to", since a dash next to a minus sign is hard to read: −0.3 to 1.2.
 */
export function formatInterval(interval: readonly [number, number] | null, around: number, unit?: string): string {
  if (interval === null || !interval.every(Number.isFinite)) return MISSING;
  const decimals = decimalsOf(around);
  const [low, high] = [plain(interval[0], decimals), plain(interval[1], decimals)];
  return `${interval[0] < 0 ? `${low} to ${high}` : `${low}–${high}`}${unit === undefined ? '' : ` ${unit}`}`;
}

/** An interval in running text, after its number: 95 % 51.0–53.4. */
export function formatCi95(interval: readonly [number, number] | null, around: number): string {
  const ends = formatInterval(interval, around);
  return ends === MISSING ? 'no 95 % interval' : `95 % ${ends}`;
}

/** A whole number with grouped thousands: 953,378. */
export function formatCount(count: number | null): string {
  return count === null || !Number.isFinite(count) ? MISSING : plain(count, 0);
}

/** A mean of counts: whole where it is, else with one decimal: 31, 0.3. */
export function formatMean(mean: number | null): string {
  return mean === null || !Number.isFinite(mean) ? MISSING : plain(mean, Number.isInteger(mean) ? 0 : 1);
}

/** A count and its noun, with grouped thousands: 1 window, 1,700 windows, 2 passes. */
export function formatPlural(count: number, noun: string): string {
  return `${formatCount(count)} ${inNumber(count, noun)}`;
}

/** The same for sentences in data, with plain digits: 1700 windows. */
export const plural = (count: number, noun: string): string => `${count} ${inNumber(count, noun)}`;

const inNumber = (count: number, noun: string): string => (count === 1 ? noun : `${noun}${/(?:s|ch)$/.test(noun) ? 'es' : 's'}`);

/** A share for sentences in data: 45 %. */
export const percent = (share: number, digits = 0): string => `${(share * 100).toFixed(digits)} %`;

/** A small relative difference in powers of ten: 3.1e-7. */
export function formatTiny(value: number | null): string {
  if (value === null) return MISSING;
  if (!Number.isFinite(value)) return 'not a number';
  return value === 0 ? '0' : value.toExponential(1).replace('-', '−').replace('.0e', 'e');
}

/** A name in a sentence or list: shortened to the limit, with "…" at its end where it was cut. */
export function formatName(name: string, limit = 40): string {
  const characters = Array.from(name.slice(0, 2 * limit + 2));
  return characters.length <= limit ? name : `${characters.slice(0, limit - 1).join('')}…`;
}

/** A place in a script, in short: "rank.js:12". A long name is cut, the line is not. Untrusted text stays so. */
export function formatPlace(script: string, line: number | null): string {
  return `${formatName(lastPart(script), 60)}${line === null ? '' : `:${line}`}`;
}

/** Formats a value by its kind. */
export function formatValue(value: Value, kind: ValueKind): string {
  if (value === null) return MISSING;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' ? value : (FORMATS[kind]?.(value) ?? String(value));
}

/** The two ends of a value's interval, without the unit: percent where the value is a share. */
export function formatIntervalOf(interval: readonly [number, number], value: number, kind: ValueKind): string {
  // Scores have two decimals, however small they are.
  if (kind === 'score') return formatInterval(interval, 1);
  const scale = kind === 'share' ? 100 : 1;
  return formatInterval([interval[0] * scale, interval[1] * scale], value * scale);
}

/** How many rows a reader does not see: "12 further rows left out."; null if none. */
export function leftOutText({ rows, shownRows = rows.length, rowsLeftOut }: Table): string | null {
  const count = Math.max(0, rows.length - shownRows) + rowsLeftOut;
  return count > 0 ? `${plural(count, 'further row')} left out.` : null;
}

const FORMATS: Readonly<Partial<Record<ValueKind, (value: number) => string>>> = {
  count: formatCount,
  mean: formatMean,
  ms: formatMs,
  bytes: formatBytes,
  share: formatShare,
  ratio: formatRatio,
  rate: formatRate,
  score: formatScore,
  tiny: formatTiny,
};

function decimalsOf(value: number): number {
  const size = Math.abs(value);
  if (!(size > 0) || !Number.isFinite(size)) return 0;
  const exponent = Math.floor(Math.log10(Number(size.toPrecision(3))));
  return Math.min(size < 0.0995 ? 3 : 2, Math.max(0, 2 - exponent));
}

function plain(value: number, decimals: number): string {
  const text = Math.abs(value).toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}
