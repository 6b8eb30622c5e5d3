import type { TopLevelSpec } from 'vega-lite';
import { type Chart, LITERAL_COLOUR } from '../../src/view/chart.js';
import { formatInterval, formatMs, formatShare } from '../../src/view/format.js';
import { fillOf } from '../../src/view/palette.js';
import type { AblationRow } from './ablation.js';
import type { RoundsEstimate } from './estimates.js';

/** Order and colours of the four variants. */
export const ablationVariants = [
  { id: 'neither', title: 'neither', fill: fillOf('variant', 'neither') },
  { id: 'threads', title: 'threads', fill: fillOf('variant', 'threads') },
  { id: 'simd', title: 'SIMD', fill: fillOf('variant', 'simd') },
  { id: 'both', title: 'both', fill: fillOf('variant', 'both') },
] as const;

/** The remaining share of a prediction with threads, SIMD and both; lines are 95 % intervals. */
export function ablationChart(rows: readonly (AblationRow & { readonly label: string })[]): Chart {
  const values = rows.flatMap((row, place) => bars(row).map((bar) => ({ ...bar, row: row.label, place })));
  const x = {
    type: 'quantitative',
    scale: { zero: true, nice: true },
    axis: {
      title: 'What is left of the prediction',
      grid: true,
      tickCount: 5,
      labelExpr: "format(datum.value * 100, 'd') + ' %'",
    },
  } as const;
  const y = {
    y: { field: 'row', type: 'nominal', sort: { field: 'place' }, axis: { title: null } },
    yOffset: { field: 'variant', type: 'ordinal', scale: { domain: ablationVariants.map((_, variant) => variant) } },
  } as const;
  const spec: TopLevelSpec = {
    data: { values },
    height: { step: 66, for: 'position' },
    layer: [
      {
        mark: { type: 'bar' },
        encoding: {
          ...y,
          x: { field: 'left', ...x },
          color: { field: 'fill', ...LITERAL_COLOUR },
          tooltip: [
            { field: 'row', title: 'Model' },
            { field: 'title', title: 'With' },
            { field: 'time', title: 'Prediction' },
            { field: 'share', title: 'Left' },
            { field: 'interval', title: '95 %' },
          ],
        },
      },
      {
        transform: [{ filter: 'isValid(datum.low)' }],
        mark: { type: 'rule', strokeWidth: 1.5, color: 'currentColor' },
        encoding: { ...y, x: { field: 'low', ...x }, x2: { field: 'high' } },
      },
    ],
  };
  return { spec, alt: `Latency left with threads, SIMD and both, of ${rows.length} models and frameworks on Wasm.` };
}

function bars(row: AblationRow) {
  const base = row.neitherMs ? 'neither' : 'simd';
  const times: Readonly<Record<string, RoundsEstimate | null>> = {
    neither: row.neitherMs,
    threads: row.threadsMs,
    simd: row.simdMs,
    both: row.bothMs,
  };
  return ablationVariants.flatMap(({ id, title, fill }, variant) => {
    const time = times[id];
    const step = id === 'both' && base === 'simd' ? 'threadsBesideSimd' : id;
    const share = row.reductions.find((each) => each.id === step)?.share ?? null;
    if (!time || (id !== base && !share)) return [];
    const left = id === base ? 1 : 1 - share!.value;
    const [low, high] = id === base || !share?.ci95 ? [null, null] : [1 - share.ci95[1], 1 - share.ci95[0]];
    const interval = low === null ? 'the measure of the others' : `${formatInterval([low * 100, high! * 100], left * 100)} %`;
    return [{ variant, title, fill, left, low, high, time: formatMs(time.value), share: formatShare(left), interval }];
  });
}
