import type { MemoryPeak } from '../../../../analyzers/memory/memory.js';
import type { MemoryRow, StudyAnalysis } from '../../../../analyzers/study/studyAnalysis.js';
import { inertText } from '../../../text/inertText.js';
import { formatBytes, formatRatio, MISSING } from '../../../view/format.js';
import { clip, type Screen } from '../../terminal/screen.js';
import { columnsLines } from './columnsLines.js';
import { headColumns } from './headColumns.js';

/** Peaks of memory and how many times the model's size they are. */
export function memoryLines({ memory }: StudyAnalysis, screen: Screen): string[] {
  if (memory.length === 0) return [];
  const peak = (of: MemoryPeak | null) => (of ? `${formatBytes(of.peakBytes)} ${formatRatio(of.ratio)}` : MISSING);
  const right = (head: string, of: (row: MemoryRow) => string) => ({ head, align: 'right' as const, cells: memory.map(of) });
  return [
    screen.paint.bold(clip('Memory: peaks, and their ratio to the model’s size', screen.width)),
    ...columnsLines(
      [
        ...headColumns(memory),
        right('Live tensors', ({ live }) => peak(live)),
        right('Held', ({ held }) => peak(held)),
        { head: 'Peak in', align: 'left', cells: memory.map(({ held }) => inertText(held?.phase ?? MISSING, 20)) },
        right('Process', ({ process }) => peak(process)),
      ],
      screen,
    ),
  ];
}
