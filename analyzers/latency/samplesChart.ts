import type { TopLevelSpec } from 'vega-lite';
import type { Interval } from '../../src/stats/interval.js';
import { type Chart, LITERAL_COLOUR } from '../../src/view/chart.js';
import { formatCi95, formatMs } from '../../src/view/format.js';
import { BROWSER_FILL, REFERENCE_FILL } from '../../src/view/palette.js';
import type { Gap } from '../gap/gap.js';
import type { Latency, Prediction } from './latency.js';

const MOST_SAMPLES = 500;

/** Every measured prediction as a tick, with the median and its interval above: browser, browser under the trace, native. */
export function samplesChart({ prediction, traced }: Latency, gap: Gap | null): Chart | null {
  const browser = (of: string, each: Prediction | null, fill: string) =>
    each && group(of, each.samplesMs, each.medianMs, each.ci95Ms, fill);
  const groups = [
    browser('Browser', prediction, BROWSER_FILL),
    browser('Traced', traced.prediction, REFERENCE_FILL),
    gap && group('Native', gap.nativeSamplesMs, gap.nativeMs, gap.nativeCi95Ms, REFERENCE_FILL),
  ].filter((each) => each !== null);
  if (groups.length === 0) return null;
  const y = { field: 'of', type: 'nominal', sort: { field: 'place' }, axis: { title: null } } as const;
  const ms = {
    type: 'quantitative',
    scale: { zero: true, nice: true },
    axis: { title: 'ms', grid: true, tickCount: 6 },
  } as const;
  const medians = groups.map(({ samplesMs: _, ...median }, place) => ({ ...median, place }));
  const samples = groups.flatMap((each, place) =>
    each.samplesMs
      .slice(0, MOST_SAMPLES)
      .map((sampleMs) => ({ of: each.of, fill: each.fill, sampleMs, place, time: formatMs(sampleMs) })),
  );
  const spec: TopLevelSpec = {
    height: { step: 52 },
    encoding: { color: { field: 'fill', ...LITERAL_COLOUR } },
    layer: [
      {
        data: { values: samples },
        mark: { type: 'tick', thickness: 1.5, size: 20, opacity: 0.45, yOffset: 8 },
        encoding: {
          y,
          x: { field: 'sampleMs', ...ms },
          tooltip: [
            { field: 'of', title: 'Of' },
            { field: 'time', title: 'One prediction' },
          ],
        },
      },
      {
        data: { values: medians },
        mark: { type: 'rule', strokeWidth: 3, yOffset: -10 },
        encoding: { y, x: { field: 'low', ...ms }, x2: { field: 'high' } },
      },
      {
        data: { values: medians },
        mark: { type: 'point', filled: true, size: 70, opacity: 1, yOffset: -10 },
        encoding: {
          y,
          x: { field: 'medianMs', ...ms },
          tooltip: [
            { field: 'of', title: 'Of' },
            { field: 'time', title: 'Median' },
            { field: 'interval', title: 'Interval' },
          ],
        },
      },
    ],
  };
  const summary = medians.map((median) => `${median.of} median ${median.time}, ${median.interval}`).join('; ');
  return { spec, alt: `Every prediction measured, one tick each. ${summary}.` };
}

function group(of: string, samplesMs: readonly number[], medianMs: number, ci: Interval, fill: string) {
  return {
    of,
    samplesMs,
    medianMs,
    low: Number.isFinite(ci[0]) ? ci[0] : medianMs,
    high: Number.isFinite(ci[1]) ? ci[1] : medianMs,
    fill,
    time: formatMs(medianMs),
    interval: formatCi95(ci, medianMs),
  };
}
