import type { Analysis } from '../../../analyzers/analysis.js';
import { inertText } from '../../text/inertText.js';
import { answer } from '../answer.js';
import { formatCount, formatMs } from '../format.js';
import { cell, clip, type Screen, wrap } from './screen.js';

/** What a trace holds, where no window was found in it: processes, busiest threads, and the measures to choose a mark from. */
export function traceLines(analysis: Analysis, { paint, width }: Screen): string[] {
  const { trace, partition } = analysis;
  if (partition || !trace) return [];
  // Of a page, what was looked for stands above already.
  const told = answer(analysis)
    .sentences.slice(analysis.page ? 1 : 0)
    .flatMap((sentence) => wrap(sentence, width, 3));
  const threads = trace.busiestThreads.slice(0, 4).map((row) => {
    const sampled = row.sampled ? 'sampled' : 'not sampled';
    return `${cell(formatMs(row.busyMs), 12, 'right')}  ${clip(`${inertText(row.thread)}, ${sampled}`, width - 14)}`;
  });
  const measures = trace.measures.slice(0, 5).map((row) => {
    return `${cell(`${formatCount(row.count)}×`, 8, 'right')} ${cell(formatMs(row.medianMs), 10, 'right')}  ${clip(inertText(row.name), width - 21)}`;
  });
  return [
    ...told,
    ...(threads.length > 0 ? [paint.bold('Busiest threads'), ...threads] : []),
    ...(measures.length > 0 ? [paint.bold(clip('Measures of the page (count, median)', width)), ...measures] : []),
  ];
}
