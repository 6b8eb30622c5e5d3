import type { TopLevelSpec } from 'vega-lite';
import { inertText } from '../../src/text/inertText.js';
import { type Chart, LITERAL_COLOUR, PAPER } from '../../src/view/chart.js';
import { formatMs, formatShare } from '../../src/view/format.js';
import { causePaint } from './causes/index.js';
import type { CauseTime } from './partition.js';

export interface PartitionRow {
  readonly label: string;
  readonly causes: readonly CauseTime[];
  /** Length of the row on its axis: 1 for shares, the typical window in ms for times. */
  readonly length: number;
}

/**
 * Stacked rows of causes, one per partition, in the given order, coloured by family.
 * @param scale `share`: all rows have the same length; `ms`: the length of a row is the time of its windows
 */
export function partitionChart(rows: readonly PartitionRow[], scale: 'share' | 'ms', alt: string): Chart {
  const inMs = scale === 'ms';
  const longest = Math.max(...rows.map((row) => row.length), Number.MIN_VALUE);
  const values = rows.flatMap((row, place) => segments(row, place, longest));
  const spec: TopLevelSpec = {
    data: { values },
    height: { step: rows.length > 1 ? 44 : 52 },
    encoding: {
      x: {
        field: 'from',
        type: 'quantitative',
        scale: { domain: [0, longest], nice: false },
        axis: inMs
          ? { title: 'Time of a window (ms)', tickCount: 6 }
          : { title: 'Share of the time', labelExpr: "format(datum.value * 100, 'd') + ' %'", values: [0, 0.25, 0.5, 0.75, 1] },
      },
      y: { field: 'row', type: 'nominal', sort: { field: 'place' }, axis: rows.length > 1 ? { title: null } : null },
    },
    layer: [
      {
        mark: { type: 'bar', clip: true, height: { band: 0.86 }, stroke: PAPER, strokeWidth: 1 },
        encoding: {
          x2: { field: 'to' },
          color: { field: 'fill', ...LITERAL_COLOUR },
          tooltip: [
            { field: 'cause', title: 'Cause' },
            { field: 'id', title: 'In data' },
            { field: 'time', title: 'Time' },
            { field: 'share', title: 'Share' },
          ],
        },
      },
      {
        // A segment shows its label only if it fits: about 6.6 px per letter at 12 px.
        transform: [{ filter: 'datum.part * width > 6.6 * length(datum.text) + 12' }],
        mark: { type: 'text', align: 'left', dx: 8, fontSize: 12, fontWeight: 600 },
        encoding: { text: { field: 'text' }, color: { field: 'ink', ...LITERAL_COLOUR } },
      },
    ],
  };
  return { spec, alt };
}

function segments(row: PartitionRow, place: number, longest: number): Record<string, string | number>[] {
  let from = 0;
  return row.causes
    .filter((cause) => cause.share > 0)
    .map((cause) => {
      const to = from + cause.share * row.length;
      const { fill, ink } = causePaint(cause.id);
      const title = inertText(cause.title, 60);
      const segment = {
        row: inertText(row.label, 60),
        place,
        from,
        to,
        part: (to - from) / longest,
        cause: title,
        id: inertText(cause.id, 40),
        time: formatMs(cause.ms),
        share: formatShare(cause.share),
        text: `${title} ${formatShare(cause.share)}`,
        fill,
        ink,
      };
      from = to;
      return segment;
    });
}
