import type { TopLevelSpec } from 'vega-lite';
import { LITERAL_COLOUR } from './chart.js';
import { formatName } from './format.js';

/** A bar in the row of its thread. */
export interface Stretch {
  /** Name of the row, from `threadNames`, and its place from the top. */
  readonly thread: string;
  readonly place: number;
  /** Ends of the bar, ms. */
  readonly from: number;
  readonly to: number;
  readonly fill: string;
}

/** Stretches of time by thread on one axis: a row per thread, a bar per stretch. */
export function stretchesChart<Row extends Stretch>(
  values: readonly Row[],
  {
    lengthMs,
    title,
    step,
    tooltip,
  }: {
    readonly lengthMs: number;
    readonly title: string;
    /** Height of a row, pixels. */
    readonly step: number;
    /** Fields in the tooltip, and their titles. */
    readonly tooltip: Readonly<Partial<Record<keyof Row & string, string>>>;
  },
  encoding: object = {},
): TopLevelSpec {
  return {
    data: { values: [...values] },
    height: { step },
    mark: { type: 'bar', height: { band: 0.8 } },
    encoding: {
      x: {
        field: 'from',
        type: 'quantitative',
        scale: { domain: [0, lengthMs], nice: false },
        axis: { title, grid: true, tickCount: 6 },
      },
      x2: { field: 'to' },
      y: { field: 'thread', type: 'nominal', sort: { field: 'place' }, axis: { title: null } },
      color: { field: 'fill', ...LITERAL_COLOUR },
      ...encoding,
      tooltip: Object.entries(tooltip).map(([field, title]) => ({ field, title: String(title) })),
    },
  };
}

/** Names of the rows: shortened ones may be equal, and a number tells them apart. */
export function threadNames(threads: readonly string[], shortened = (thread: string) => formatName(thread)): string[] {
  const short = threads.map(shortened);
  return short.map((name, i) => (short.some((other, j) => j !== i && other === name) ? `${name} #${i + 1}` : name));
}
