import type { AblationRow, ReductionId, RoundsEstimate, StudyAnalysis } from '../../../../analyzers/study/studyAnalysis.js';
import { inertText } from '../../../text/inertText.js';
import { formatMs, formatShare } from '../../../view/format.js';
import { clip, type Screen } from '../../terminal/screen.js';
import { shortConfiguration } from '../shortConfiguration.js';
import { columnsLines } from './columnsLines.js';

/** Latency on Wasm with and without threads and SIMD, and what each takes off. */
export function ablationLines({ ablation: { rows } }: StudyAnalysis, screen: Screen): string[] {
  if (rows.length === 0) return [];
  const right = (head: string, of: (row: AblationRow) => string) => ({ head, align: 'right' as const, cells: rows.map(of) });
  const left = (head: string, of: (row: AblationRow) => string) => ({ head, align: 'left' as const, cells: rows.map(of) });
  const off = (row: AblationRow, id: ReductionId) =>
    formatShare(row.reductions.find((each) => each.id === id)?.share.value ?? null);
  const named = (row: AblationRow) => shortConfiguration({ ...row, backend: 'wasm', threads: row.threads ?? 1, simd: null });
  return [
    screen.paint.bold(clip('Threads and SIMD on Wasm, and what they take off the prediction', screen.width)),
    ...columnsLines(
      [
        left('Model', (row) => `${row.outputsDiffer ? '! ' : ''}${inertText(row.model, 28)}`),
        left('Ran on', named),
        right('Neither', (row) => ms(row.neitherMs)),
        right('Threads', (row) => `${ms(row.threadsMs)} ${off(row, 'threads')}`),
        right('SIMD', (row) => `${ms(row.simdMs)} ${off(row, 'simd')}`),
        right('Both', (row) => `${ms(row.bothMs)} ${off(row, 'both')}`),
        right('Beside SIMD', (row) => off(row, 'threadsBesideSimd')),
      ],
      screen,
    ),
  ];
}

const ms = (estimate: RoundsEstimate | null): string => formatMs(estimate?.value ?? null);
