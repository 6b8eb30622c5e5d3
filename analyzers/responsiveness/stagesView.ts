import type { TopLevelSpec } from 'vega-lite';
import { type Block, type Column, figure, table } from '../../src/view/block.js';
import { type Chart, LITERAL_COLOUR } from '../../src/view/chart.js';
import { formatMs } from '../../src/view/format.js';
import { fillOf } from '../../src/view/palette.js';
import { type InputStageId, inputStageIds, inputStages, type StageTime } from './stages.js';

/** Inputs under one heading, such as those during inferences. */
export interface StagesRow {
  readonly title: string;
  readonly stages: readonly StageTime[];
}

/** Where the wait of inputs goes: a bar of each row, and a table. @param what heads the rows. @returns nothing where that is unknown */
export function stageBlocks(what: string, rows: readonly StagesRow[]): Block[] {
  const known = rows.filter(({ stages }) => stages.length > 0);
  if (known.length === 0) return [];
  const shown = inputStageIds.filter((id) => known.some((row) => timeOf(row, id).meanMs >= SHOWN_MS));
  return [
    figure(
      stagesChart(known, shown),
      'Where the wait of an input goes, from the device to the display: means, which sum to the mean input to paint',
      shown.map((id) => ({ fill: fillOf('stage', id), text: inputStages[id].title })),
    ),
    table(
      'Median time of each stage of an input; medians of parts do not sum to that of the whole',
      columnsOf(what, shown),
      known,
    ),
  ];
}

/** Less than that would read as nothing. */
const SHOWN_MS = 0.005;

const timeOf = ({ stages }: StagesRow, id: InputStageId): StageTime =>
  stages.find((stage) => stage.id === id) ?? { id, medianMs: 0, meanMs: 0 };

const columnsOf = (what: string, shown: readonly InputStageId[]): readonly Column<StagesRow>[] => [
  { id: 'when', head: what, kind: 'text', value: ({ title }) => title },
  ...shown.map(
    (id): Column<StagesRow> => ({
      id: `${id}Ms`,
      head: inputStages[id].title,
      kind: 'ms',
      value: (row) => timeOf(row, id).medianMs,
    }),
  ),
];

function stagesChart(rows: readonly StagesRow[], shown: readonly InputStageId[]): Chart {
  const values = rows.flatMap((row, place) => {
    let from = 0;
    return shown.map((id) => {
      const { meanMs } = timeOf(row, id);
      from += meanMs;
      const ends = { from: from - meanMs, to: from, ms: formatMs(meanMs) };
      return { of: row.title, place, what: inputStages[id].title, ...ends, fill: fillOf('stage', id) };
    });
  });
  const spec: TopLevelSpec = {
    height: { step: 34 },
    data: { values },
    mark: { type: 'bar', size: 20 },
    encoding: {
      y: { field: 'of', type: 'nominal', sort: { field: 'place' }, axis: { title: null } },
      x: { field: 'from', type: 'quantitative', axis: { title: 'ms', tickCount: 8 } },
      x2: { field: 'to' },
      color: { field: 'fill', ...LITERAL_COLOUR },
      tooltip: [
        { field: 'of', title: 'Of' },
        { field: 'what', title: 'Stage' },
        { field: 'ms', title: 'Mean' },
      ],
    },
  };
  const longest = rows.map((row) => {
    const most = [...shown].sort((a, b) => timeOf(row, b).meanMs - timeOf(row, a).meanMs)[0]!;
    return `${row.title}: most in ${inputStages[most].title}, ${formatMs(timeOf(row, most).meanMs)}`;
  });
  return { spec, alt: `Stages of inputs from the device to the display. ${longest.join('; ')}.` };
}
