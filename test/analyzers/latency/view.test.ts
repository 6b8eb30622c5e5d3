import { expect, test } from 'vitest';
import type { Latency } from '../../../analyzers/latency/latency.js';
import { quotedPrediction } from '../../../analyzers/latency/quotedPrediction.js';
import { view } from '../../../analyzers/latency/view.js';
import { formatValue } from '../../../src/view/format.js';
import { buildPage } from '../../report/buildPage.js';

const predictionOf = (medianMs: number): Latency['prediction'] => ({
  medianMs,
  ci95Ms: [medianMs - 1, medianMs + 1],
  n: 3,
  samplesMs: [medianMs - 1, medianMs, medianMs + 1],
});
const latency: Latency = {
  setupMs: 812,
  warmupMs: 96.4,
  settling: { firstMs: 71, predictions: 2 },
  prediction: predictionOf(52),
  modes: null,
  traced: { setupMs: 846, warmupMs: 101, prediction: predictionOf(53) },
  observerEffect: 53 / 52,
  observerEffectCi95: null,
};
const page = buildPage();

/** The table of the section, cells as they are printed. */
function tableOf(known: Parameters<typeof view.blocks>[0]): string[] {
  const found = view.blocks(known).find((block) => block.block === 'table')!;
  const rows = found.rows.map((row) => row.map(({ value }, place) => formatValue(value, found.columns[place]!.kind)));
  return [found.columns.map(({ head }) => head), ...rows].map((cells) => cells.join(' | '));
}

test('a run has both of its passes beside native', () => {
  expect(tableOf({ latency, gap: null, page: null, use: null })).toEqual([
    'Phase | Browser, timing pass | Browser, trace pass | Native | Browser over native',
    'Setup | 812 ms | 846 ms | — | —',
    'Warm-up | 96.4 ms | 101 ms | — | —',
    'First prediction after it | 71.0 ms | — | — | —',
    'Prediction | 52.0 ms | 53.0 ms | — | —',
  ]);
});

test('a page has one pass', () => {
  expect(tableOf({ latency, gap: null, page, use: null })).toEqual([
    'Phase | While recording',
    'Setup | 812 ms',
    'Warm-up | 96.4 ms',
    'First prediction after it | 71.0 ms',
    'Prediction | 52.0 ms',
  ]);
  expect(view.blocks({ latency, gap: null, page, use: null }).map(({ block }) => block)).toEqual(['table', 'figure']);
});

test('quoted is the prediction without recording, and the recorded one of a page', () => {
  expect(quotedPrediction({ latency, page: null })).toMatchObject({ prediction: { medianMs: 52 }, traced: false });
  expect(quotedPrediction({ latency, page })).toMatchObject({ prediction: { medianMs: 53 }, traced: true });
  expect(quotedPrediction({ latency: null, page: null })).toBeNull();
});

test('the terminal has the prediction, then what came before it and what recording costs', () => {
  expect(view.brief({ latency, gap: null, page: null, use: null })).toEqual([
    { label: 'Prediction', value: '52.0 ms', text: '95 % 51.0–53.0, n = 3', tone: 'plain' },
    { label: null, value: null, text: 'Setup 812 ms · warm-up 96.4 ms · recording +1.9 %', tone: 'aside' },
  ]);
  expect(view.brief({ latency, gap: null, page, use: null }).at(-1)!.text).toBe(
    'Load 812 ms · warm-up 96.4 ms · 2 more that stand out, from 71.0 ms · recording +1.9 %',
  );
});
