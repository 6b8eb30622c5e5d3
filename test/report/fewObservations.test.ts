import { describe, expect, test } from 'vitest';
import type { Analysis } from '../../analyzers/index.js';
import { renderReport } from '../../src/report/renderReport.js';
import { renderVerbose } from '../../src/report/terminal/renderVerbose.js';
import { buildAnalysis } from './buildAnalysis.js';

/** The same analysis, with as little to make an interval of as two predictions are. */
function withoutIntervals(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutIntervals);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      /ci95/i.test(key) && inner ? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] : withoutIntervals(inner),
    ]),
  );
}

describe('with too few observations for an interval', () => {
  const built = buildAnalysis();
  const analysis = withoutIntervals({ ...built, gap: { ...built.gap!, effects: [], scaling: [], beside: [] } }) as Analysis;
  const page = renderReport(analysis, '');
  const text = page.replace(/<[^>]+>/g, '').replaceAll('\u00a0', ' ');

  test('the first figures and the observer effect say that there is none', () => {
    expect(text).toMatch(/52\.1 ms\s*no 95 % interval, n = 40/);
    expect(text).toMatch(/4\.10×\s*no 95 % interval/);
    expect(text).toContain('Recording changes the time of a prediction by +2.5 % (no 95 % interval): the observer effect');
  });

  test('no number has a missing end, and no chart a mark at one', () => {
    expect(text).not.toMatch(/95 % —|— ms|— to|\+—|Infinity|NaN/);
    expect(text).not.toMatch(/"(?:low|high)":null/);
  });

  test('the terminal says so too', () => {
    const lines = renderVerbose(analysis, { width: 100, color: false });
    expect(lines).toMatch(/^Prediction +52\.1 ms {2}no 95 % interval, n = 40$/m);
    expect(lines).not.toMatch(/95 % —|Infinity|NaN/);
  });
});
