import type { TopLevelSpec } from 'vega-lite';
import { inertText } from '../../src/text/inertText.js';
import { type Chart, LITERAL_COLOUR } from '../../src/view/chart.js';
import { formatInterval, formatMs, MISSING } from '../../src/view/format.js';
import { BROWSER_FILL, REFERENCE_FILL } from '../../src/view/palette.js';
import type { Prediction } from '../latency/latency.js';
import { causePaint } from '../partition/causes/index.js';
import type { Gap } from './gap.js';

/** From native to browser as a waterfall: each effect starts where the one above it ended; lines are 95 % intervals. */
export function effectsChart(gap: Gap, quoted: Prediction | null): Chart {
  let at = gap.nativeMs;
  const steps = gap.effects.map((effect) => {
    const from = at;
    at += effect.ms;
    return {
      step: inertText(effect.title, 48),
      from,
      to: at,
      low: from + effect.ci95Ms[0],
      high: from + effect.ci95Ms[1],
      fill: causePaint(effect.alias).fill,
      time: formatMs(effect.ms),
      interval: formatInterval(effect.ci95Ms, effect.ms),
    };
  });
  const end = (step: string, ms: number, interval: string, fill: string) => {
    return { step, from: 0, to: ms, low: null, high: null, fill, time: formatMs(ms), interval };
  };
  const browser = quoted ? [end('Browser', quoted.medianMs, formatInterval(quoted.ci95Ms, quoted.medianMs), BROWSER_FILL)] : [];
  const native = end('Native', gap.nativeMs, formatInterval(gap.nativeCi95Ms, gap.nativeMs), REFERENCE_FILL);
  const values = [native, ...steps, ...browser].map((row, place) => ({
    ...row,
    place,
    right: Math.max(row.from, row.to, row.high ?? 0),
  }));
  const lowest = Math.min(0, ...values.map((row) => row.low ?? row.from));
  const domain = [lowest, Math.max(...values.map((row) => row.right))];
  // Leaves room for the number at the end of the longest bar.
  const range = [0, { expr: 'width - 64' }];
  const x = {
    type: 'quantitative',
    scale: { domain, nice: false, range },
    axis: { title: 'ms', grid: true, tickCount: 6 },
  } as const;
  const spec: TopLevelSpec = {
    data: { values },
    height: { step: 32 },
    encoding: {
      y: { field: 'step', type: 'nominal', sort: { field: 'place' }, axis: { title: null } },
      tooltip: [
        { field: 'step', title: 'Effect' },
        { field: 'time', title: 'Time' },
        { field: 'interval', title: '95 %' },
      ],
    },
    layer: [
      {
        mark: { type: 'bar', height: { band: 0.66 } },
        encoding: { x: { field: 'from', ...x }, x2: { field: 'to' }, color: { field: 'fill', ...LITERAL_COLOUR } },
      },
      {
        transform: [{ filter: 'isValid(datum.low)' }],
        mark: { type: 'rule', strokeWidth: 1.5, color: 'currentColor' },
        encoding: { x: { field: 'low', ...x }, x2: { field: 'high' } },
      },
      {
        mark: { type: 'text', align: 'left', dx: 8, fontSize: 12, color: 'currentColor' },
        encoding: { x: { field: 'right', ...x }, text: { field: 'time' } },
      },
    ],
  };
  const summary = steps.map((step) => `${step.step} ${step.time}`).join(', ') || MISSING;
  return { spec, alt: `From native ${formatMs(gap.nativeMs)} to the browser, one effect at a time: ${summary}.` };
}
