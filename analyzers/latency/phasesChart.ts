import type { TopLevelSpec } from 'vega-lite';
import type { Interval } from '../../src/stats/interval.js';
import { type Chart, LITERAL_COLOUR } from '../../src/view/chart.js';
import { decadeTicks } from '../../src/view/decadeTicks.js';
import { formatInterval, formatMs, MISSING } from '../../src/view/format.js';
import { BROWSER_FILL, REFERENCE_FILL } from '../../src/view/palette.js';
import type { Gap } from '../gap/gap.js';
import type { Latency } from './latency.js';

/** Setup, warm-up and prediction of browser (circle) and native (diamond), on one logarithmic axis. */
export function phasesChart({ setupMs, warmupMs, prediction }: Latency, gap: Gap | null): Chart | null {
  const phases: readonly Phase[] = [
    point('Setup', 'browser', setupMs, null),
    point('Setup', 'native', gap?.nativeSetupMs ?? null, null),
    point('Warm-up', 'browser', warmupMs, null),
    point('Warm-up', 'native', gap?.nativeWarmupMs ?? null, null),
    point('Prediction', 'browser', prediction?.medianMs ?? null, prediction?.ci95Ms ?? null),
    point('Prediction', 'native', gap?.nativeMs ?? null, gap?.nativeCi95Ms ?? null),
  ];
  const values = phases.filter((phase) => phase.ms !== null && phase.ms > 0);
  if (values.length < 2) return null;
  const logMs = logAxis(values);
  const middle = Math.sqrt(logMs.scale.domain[0]! * logMs.scale.domain[1]!);
  const spec: TopLevelSpec = {
    data: {
      values: values.map((phase) => ({
        ...phase,
        place: PLACES.indexOf(phase.phase),
        side: phase.ms! > middle ? 'left' : 'right',
      })),
    },
    height: { step: 52, for: 'position' },
    encoding: {
      y: { field: 'phase', type: 'nominal', sort: { field: 'place' }, axis: { title: null } },
      yOffset: { field: 'of', type: 'nominal', scale: { domain: ['browser', 'native'] } },
      color: { field: 'fill', ...LITERAL_COLOUR },
      tooltip: [
        { field: 'phase', title: 'Phase' },
        { field: 'of', title: 'Of' },
        { field: 'time', title: 'Time' },
        { field: 'interval', title: '95 %' },
      ],
    },
    layer: [
      {
        mark: { type: 'rule', strokeWidth: 2 },
        encoding: { x: { field: 'low', ...logMs }, x2: { field: 'high' } },
      },
      {
        mark: { type: 'point', filled: true, size: 90, opacity: 1 },
        encoding: {
          x: { field: 'ms', ...logMs },
          shape: {
            field: 'of',
            type: 'nominal',
            scale: { domain: ['browser', 'native'], range: ['circle', 'diamond'] },
            legend: null,
          },
        },
      },
      ...(['left', 'right'] as const).map((side) => ({
        // The label is on the side that has more room.
        transform: [{ filter: `datum.side === '${side}'` }],
        mark: {
          type: 'text' as const,
          align: side === 'left' ? ('right' as const) : ('left' as const),
          dx: side === 'left' ? -10 : 10,
          fontSize: 12,
        },
        encoding: {
          x: { field: side === 'left' ? 'low' : 'high', ...logMs },
          text: { field: 'text' },
          color: { value: 'currentColor' },
        },
      })),
    ],
  };
  const summary = values.map((phase) => `${phase.phase} ${phase.of} ${phase.time}`).join(', ');
  return { spec, alt: `Latency phases on a logarithmic axis. ${summary}.` };
}

const PLACES = ['Setup', 'Warm-up', 'Prediction'];
/** Ticks at 1, 2 and 5 of every decade, or only at the decades where there are many. */
function logAxis(values: readonly { readonly ms: number | null }[]) {
  const all = values.map((value) => value.ms!);
  const domain = [Math.min(...all) / 1.5, Math.min(Math.max(...all) * 1.5, Number.MAX_VALUE)];
  const [low, high] = domain as [number, number];
  const factors = high / low > 1000 ? [1] : [1, 2, 5];
  const ticks = decadeTicks(low, high, factors);
  return {
    type: 'quantitative',
    scale: { type: 'log', nice: false, domain },
    axis: { title: 'ms, logarithmic', values: ticks, format: ',~r', grid: true },
  } as const;
}

interface Phase {
  readonly phase: string;
  readonly of: 'browser' | 'native';
  readonly ms: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly time: string;
  readonly interval: string;
  readonly text: string;
  readonly fill: string;
}

function point(phase: string, of: 'browser' | 'native', ms: number | null, ci: Interval | null): Phase {
  const fill = of === 'browser' ? BROWSER_FILL : REFERENCE_FILL;
  const known = ci?.every(Number.isFinite) ? ci : null;
  const interval = ms === null || !ci ? MISSING : formatInterval(ci, ms);
  return {
    phase,
    of,
    ms,
    low: known?.[0] ?? ms,
    high: known?.[1] ?? ms,
    time: formatMs(ms),
    interval,
    text: `${of} ${formatMs(ms)}`,
    fill,
  };
}
