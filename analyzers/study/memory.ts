import { type Block, type Column, figure, paragraph, table } from '../../src/view/block.js';
import { formatBytes, formatName, formatRatio } from '../../src/view/format.js';
import type { MemoryPeak } from '../memory/memory.js';
import type { CellFacts, CellRuns } from './cells.js';
import { configurationFill, configurationName, fullConfigurations, longConfiguration, type Ran } from './configurations.js';
import { dotsChart, dotsOf } from './dotsChart.js';
import { cellColumns, type StudyView } from './view.js';

export interface MemoryRow {
  readonly cell: CellFacts;
  readonly modelBytes: number;
  readonly live: MemoryPeak | null;
  readonly held: MemoryPeak | null;
  readonly process: MemoryPeak | null;
  readonly gpuProcess: MemoryPeak | null;
}

/**
 * Memory peaks of each cell and their ratios to the model's size, live and held apart. Cells without a memory pass are left out.
 */
export function memoryTable(cells: readonly CellRuns[]): readonly MemoryRow[] {
  return cells.flatMap(({ facts, close }) => {
    if (!close?.memory) return [];
    const { modelBytes, live, held, process, gpuProcess } = close.memory;
    return [{ cell: facts, modelBytes, live, held, process, gpuProcess }];
  });
}

const KINDS = ['live', 'held', 'process', 'gpuProcess'] as const;
type Kind = (typeof KINDS)[number];

interface OnePeak {
  readonly cell: CellFacts;
  readonly modelBytes: number;
  readonly kind: Kind;
  readonly peak: MemoryPeak;
}

/** For other tools: one row per kind of memory and cell. */
const kindColumns: readonly Column<OnePeak>[] = [
  ...cellColumns,
  { id: 'kind', head: 'Kind', kind: 'text', value: ({ kind }) => kind },
  { id: 'modelBytes', head: 'Model', kind: 'bytes', value: ({ modelBytes }) => modelBytes },
  { id: 'peakBytes', head: 'Peak', kind: 'bytes', value: ({ peak }) => peak.peakBytes },
  { id: 'ratio', head: 'Over the model', kind: 'ratio', value: ({ peak }) => peak.ratio },
  { id: 'phase', head: 'Peak in', kind: 'text', value: ({ peak }) => peak.phase },
  { id: 'afterBytes', head: 'Afterwards', kind: 'bytes', value: ({ peak }) => peak.afterBytes },
];

/** For people: one row per cell. The terminal has room only for the phase of held memory. */
const peakColumns: readonly Column<MemoryRow>[] = [
  ...cellColumns,
  { id: 'modelBytes', head: 'Model', kind: 'bytes', in: ['page'], value: ({ modelBytes }) => modelBytes },
  peakColumn('live', 'Live tensors'),
  peakColumn('held', 'Held by the page', 'Held'),
  { id: 'heldPhase', head: 'Peak in', kind: 'text', limit: 20, in: ['terminal'], value: ({ held }) => held?.phase ?? null },
  peakColumn('process', 'Process'),
  { ...peakColumn('gpuProcess', 'GPU process'), in: ['page'] },
];

function peakColumn(kind: Kind, head: string, short = head): Column<MemoryRow> {
  return {
    id: `${kind}PeakBytes`,
    head,
    kind: 'bytes',
    value: (row) => row[kind]?.peakBytes ?? null,
    note: ({ [kind]: peak }) => peak && `${formatRatio(peak.ratio)}, ${formatName(peak.phase, 24)}`,
    short: { head: short, note: ({ [kind]: peak }) => peak && formatRatio(peak.ratio) },
  };
}

/** Wang et al., Anatomizing Deep Learning Inference in Web Browsers, doi 10.1145/3688843; on other machines, by another method. */
const PUBLISHED =
  'Published (Wang et al.): up to 334.6× the model’s size, for ESRGAN on TF.js Wasm. That is JavaScript heap held, over several models in one page; live tensors peaked at 11.8× there.';

type Known = { readonly memory: readonly MemoryRow[] } & Ran;

export const memoryView: StudyView<Known> = {
  id: 'memory',
  title: 'Memory',
  findings({ memory }) {
    const held = memory.flatMap(({ cell, live, held: peakHeld }) => (peakHeld ? [{ cell, live, held: peakHeld }] : []));
    const most = held.sort((a, b) => b.held.ratio - a.held.ratio)[0];
    if (!most) return [];
    const live = most.live ? `; its live tensors peak at ${formatRatio(most.live.ratio)}` : '';
    return [
      `Most memory for its size is held by ${formatName(most.cell.modelTitle, 60)} on ${longConfiguration(most.cell)}: ${formatRatio(most.held.ratio)} the model’s bytes, in the phase “${formatName(most.held.phase)}”${live}.`,
    ];
  },
  blocks: (known) =>
    known.memory.length === 0
      ? []
      : [
          paragraph(
            'Live are the tensors that the framework still counts; held is all that the page keeps: JavaScript heap, array buffers and Wasm memory. Each run had a fresh browser of its own. Ratios are over the bytes of the model’s files.',
          ),
          ...heldFigure(known),
          table('Peaks of each cell', peakColumns, known.memory),
          paragraph(PUBLISHED),
        ],
  brief: ({ memory }) =>
    memory.length === 0 ? [] : [table('Memory: peaks, and their ratio to the model’s size', peakColumns, memory)],
  tables: ({ memory }) => [
    table(
      'memory',
      kindColumns,
      memory.flatMap(({ cell, modelBytes, ...row }) =>
        KINDS.flatMap((kind): OnePeak[] => (row[kind] ? [{ cell, modelBytes, kind, peak: row[kind] }] : [])),
      ),
    ),
  ],
};

function heldFigure({ memory, ...ran }: Known): Block[] {
  const { dots, drawn } = dotsOf(
    fullConfigurations(ran),
    memory,
    ({ held, live, modelBytes }) =>
      held && {
        value: held.ratio,
        ends: live && live.ratio > 0 ? [live.ratio, held.ratio] : null,
        text: live ? `held ${formatRatio(held.ratio)}, live ${formatRatio(live.ratio)}` : `held ${formatRatio(held.ratio)}`,
        more: `${formatBytes(held.peakBytes)} over ${formatBytes(modelBytes)}`,
      },
  );
  if (dots.length === 0) return [];
  return [
    figure(
      dotsChart(dots, 'Peak over the model’s size', `Memory held over the model’s size, ${dots.length} cells.`),
      'Dots are memory held; the line reaches to the live tensors alone.',
      drawn.map((each) => ({ text: configurationName(each), fill: configurationFill(each) })),
    ),
  ];
}
