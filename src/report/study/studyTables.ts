import type {
  AblationRow,
  CellFacts,
  Configuration,
  GapRow,
  LatencyRow,
  RatioSummary,
  RoundsEstimate,
  StudyAnalysis,
  WarmupRow,
} from '../../../analyzers/study/studyAnalysis.js';
import type { StudyCell } from '../../bundle/study.js';
import { type ColumnOf, columns } from './columns.js';
import type { ExportTable } from './exportTable.js';

/** All tables of a study as other tools read them: one row per cell, or per cell and cause, type of operator or kind of memory. */
export function studyTables(analysis: StudyAnalysis): ExportTable[] {
  const { latency, gap, ablation, causes, memory, kernels, failures, warmup } = analysis;
  return [
    columns('latency', latency, [
      ...ofCell,
      ...estimate<LatencyRow>('setup', 'Ms', (row) => row.setupMs),
      ...estimate<LatencyRow>('warmup', 'Ms', (row) => row.warmupMs),
      ...estimate<LatencyRow>('prediction', 'Ms', (row) => row.predictionMs),
      count('rounds', (row) => row.rounds),
      count('predictions', (row) => row.predictions),
    ]),
    columns('gap', gap.rows, [
      ...ofCell,
      text('baseline', (row) => row.baseline),
      ...estimate<GapRow>('browser', 'Ms', (row) => row.browserMs),
      ...estimate<GapRow>('native', 'Ms', (row) => row.nativeMs),
      ...estimate<GapRow>('ratio', '', (row) => row.ratio),
      ...estimate<GapRow>('tfjsNodeRatio', '', (row) => row.tfjsNodeRatio),
    ]),
    columns('gap-summary', gap.summaries, summary),
    columns('ablation', ablation.rows, [
      text('model', (row) => row.model),
      text('framework', (row) => row.framework),
      text('on', (row) => row.on),
      count('threads', (row) => row.threads),
      { name: 'outputsDiffer', kind: 'flag', value: (row) => row.outputsDiffer },
      ...estimate<AblationRow>('neither', 'Ms', (row) => row.neitherMs),
      ...estimate<AblationRow>('threadsOnly', 'Ms', (row) => row.threadsMs),
      ...estimate<AblationRow>('simdOnly', 'Ms', (row) => row.simdMs),
      ...estimate<AblationRow>('both', 'Ms', (row) => row.bothMs),
      ...(['threads', 'simd', 'both', 'threadsBesideSimd'] as const).flatMap((id) =>
        estimate<AblationRow>(`${id}Reduction`, '', (row) => {
          return row.reductions.find((each) => each.id === id)?.share ?? null;
        }),
      ),
    ]),
    columns(
      'causes',
      causes.flatMap((row) => row.causes.map((cause) => ({ ...row, cause }))),
      [
        ...ofCell,
        text('cause', ({ cause }) => cause.id),
        text('title', ({ cause }) => cause.title),
        number('medianMs', ({ cause }) => cause.medianMs),
        number('share', ({ cause }) => cause.share),
        count('windows', (row) => row.windows),
        number('windowMedianMs', (row) => row.windowMedianMs),
      ],
    ),
    columns(
      'memory',
      memory.flatMap((row) =>
        (['live', 'held', 'process', 'gpuProcess'] as const).flatMap((kind) => {
          const peak = row[kind];
          return peak ? [{ cell: row.cell, modelBytes: row.modelBytes, kind, peak }] : [];
        }),
      ),
      [
        ...ofCell,
        text('kind', ({ kind }) => kind),
        number('modelBytes', (row) => row.modelBytes),
        number('peakBytes', ({ peak }) => peak.peakBytes),
        number('ratio', ({ peak }) => peak.ratio),
        text('phase', ({ peak }) => peak.phase),
        number('afterBytes', ({ peak }) => peak.afterBytes),
      ],
    ),
    columns(
      'kernels',
      kernels.flatMap((row) => row.types.map((type) => ({ cell: row.cell, type }))),
      [
        ...ofCell,
        text('operator', ({ type }) => type.operator),
        count('count', ({ type }) => type.count),
        number('ms', ({ type }) => type.ms),
        number('share', ({ type }) => type.share),
        number('ratio', ({ type }) => type.ratio),
      ],
    ),
    columns(
      'failures',
      [
        ...failures.excluded.map(({ cell, reason }) => ({ cell, kind: 'excluded', reason, rounds: [] as readonly number[] })),
        ...failures.failed.map(({ cell, reason, rounds }) => ({ cell, kind: 'failed', reason, rounds })),
        ...failures.missing.map(({ cell, rounds }) => ({ cell, kind: 'missing', reason: null, rounds })),
      ],
      [
        ...ofFactors,
        text('kind', ({ kind }) => kind),
        text('rounds', ({ rounds }) => rounds.join(' ')),
        text('reason', ({ reason }) => reason),
      ],
    ),
    columns('warmup', warmup.rows, [
      ...ofCell,
      ...estimate<WarmupRow>('setup', 'Ms', (row) => row.setupMs),
      ...estimate<WarmupRow>('warmup', 'Ms', (row) => row.warmupMs),
      ...estimate<WarmupRow>('prediction', 'Ms', (row) => row.predictionMs),
      ...estimate<WarmupRow>('ratio', '', (row) => row.ratio),
    ]),
    columns('warmup-summary', warmup.summaries, summary),
  ];
}

type Value<R> = ColumnOf<R>['value'];
const text = <R>(name: string, value: Value<R>): ColumnOf<R> => ({ name, kind: 'text', value });
const number = <R>(name: string, value: Value<R>): ColumnOf<R> => ({ name, kind: 'number', value });
const count = <R>(name: string, value: Value<R>): ColumnOf<R> => ({ name, kind: 'count', value });

function estimate<R>(name: string, unit: string, of: (row: R) => RoundsEstimate | null): ColumnOf<R>[] {
  return [
    number(`${name}${unit}`, (row) => of(row)?.value),
    number(`${name}Low${unit}`, (row) => of(row)?.ci95?.[0]),
    number(`${name}High${unit}`, (row) => of(row)?.ci95?.[1]),
  ];
}

const how = <R>(of: (row: R) => Configuration): ColumnOf<R>[] => [
  text('framework', (row) => of(row).framework),
  text('backend', (row) => of(row).backend),
  count('threads', (row) => of(row).threads),
  { name: 'simd', kind: 'flag', value: (row) => of(row).simd },
  text('on', (row) => of(row).on),
];

const ofFactors: readonly ColumnOf<{ readonly cell: StudyCell }>[] = [
  text('cell', ({ cell }) => cell.id),
  text('model', ({ cell }) => cell.model),
  ...how(({ cell }: { readonly cell: StudyCell }) => cell),
];

const ofCell: readonly ColumnOf<{ readonly cell: CellFacts }>[] = [...ofFactors, text('outputs', ({ cell }) => cell.outputs)];

const summary: readonly ColumnOf<RatioSummary>[] = [
  ...how<RatioSummary>(({ configuration }) => configuration),
  count('models', ({ models }) => models),
  number('geometricMean', ({ geometricMean }) => geometricMean),
  number('lowest', ({ lowest }) => lowest.ratio),
  text('lowestModel', ({ lowest }) => lowest.model),
  number('highest', ({ highest }) => highest.ratio),
  text('highestModel', ({ highest }) => highest.model),
];
