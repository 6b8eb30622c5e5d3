import type { RoundsEstimate, StudyAnalysis } from '../../../../analyzers/study/studyAnalysis.js';
import { formatInterval, formatMs, formatRatio, MISSING } from '../../../view/format.js';
import { clip, type Screen } from '../../terminal/screen.js';
import { columnsLines } from './columnsLines.js';
import { headColumns } from './headColumns.js';

/** Setup, warm-up and prediction of every cell, native beside them. */
export function latencyLines({ latency, gap, warmup }: StudyAnalysis, screen: Screen): string[] {
  if (latency.length === 0) return [];
  const right = (head: string, cells: string[]) => ({ head, align: 'right' as const, cells });
  const beside = latency.map(({ cell }) => gap.rows.find((row) => row.cell.id === cell.id));
  const first = latency.map(({ cell }) => warmup.rows.find((row) => row.cell.id === cell.id));
  return [
    screen.paint.bold(clip('Latency (warm-up over prediction in brackets)', screen.width)),
    ...columnsLines(
      [
        ...headColumns(latency),
        right(
          'Setup',
          latency.map(({ setupMs }) => ms(setupMs)),
        ),
        right(
          'Warm-up',
          latency.map(({ warmupMs }, row) => `${ms(warmupMs)} (${formatRatio(first[row]?.ratio.value ?? null)})`),
        ),
        right(
          'Prediction',
          latency.map(({ predictionMs }) => ms(predictionMs)),
        ),
        right(
          '95 %',
          latency.map(({ predictionMs }) => (predictionMs ? formatInterval(predictionMs.ci95, predictionMs.value) : MISSING)),
        ),
        right(
          'Native',
          beside.map((row) => ms(row?.nativeMs ?? null)),
        ),
        right(
          'Ratio',
          beside.map((row) => formatRatio(row?.ratio.value ?? null)),
        ),
      ],
      screen,
    ),
  ];
}

const ms = (estimate: RoundsEstimate | null): string => formatMs(estimate?.value ?? null);
