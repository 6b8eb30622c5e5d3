import { gpuDevice } from '../../../analyzers/gpu/words.js';
import type { Analysis } from '../../../analyzers/index.js';
import { quotedPrediction } from '../../../analyzers/latency/quotedPrediction.js';
import { inertText } from '../../text/inertText.js';
import { formatInterval, formatMs, formatRatio, formatShare, MISSING } from '../../view/format.js';
import { mainCauses } from '../answer.js';
import { subjectDetails, subjectTitle } from '../subject.js';
import { causeBar } from './causeLines.js';
import { cell, clip, type Screen, screen, type TerminalOptions } from './screen.js';

/**
 * Several analyses as one table, one row per input in the given order: prediction with its interval, ratio to native, and the
 * partition as a bar. No line is wider than `width` (between 40 and 100 columns). Ends without a line break.
 */
export function renderTerminalComparison(analyses: readonly Analysis[], options: TerminalOptions): string {
  const view = screen(options);
  const { paint, width } = view;
  const names = width - 46;
  const narrow = names < 14;
  const nameColumns = narrow ? width - 20 : Math.min(36, names);
  const title = (analysis: Analysis) => `${subjectTitle(analysis)}${detail(analysis)}`;
  const head = `${cell('Input', nameColumns)} ${cell('Prediction', 10, 'right')}${narrow ? '' : `  ${cell('95 %', 15)}`} ${cell('Ratio', 7, 'right')}`;
  const rows = analyses.flatMap((analysis) => {
    const quoted = quotedPrediction(analysis);
    const median = quoted ? formatMs(quoted.prediction.medianMs) : MISSING;
    const ci = quoted ? formatInterval(quoted.prediction.ci95Ms, quoted.prediction.medianMs) : MISSING;
    const mark = quoted?.traced ? '*' : ' ';
    const row = `${cell(title(analysis), nameColumns)} ${cell(median, 10, 'right')}${narrow ? '' : `${mark} ${cell(ci, 15)}`} ${cell(formatRatio(analysis.gap?.ratio ?? null), 7, 'right')}`;
    return [row, ...causes(analysis, view)];
  });
  const traced = analyses.some((analysis) => quotedPrediction(analysis)?.traced);
  return [paint.bold(head.trimEnd()), ...rows, ...(traced ? [paint.dim(clip('* timed under the trace only', width))] : [])].join(
    '\n',
  );
}

function detail(analysis: Analysis): string {
  const details = subjectDetails(analysis);
  return details ? `, ${details}` : '';
}

function causes(analysis: Analysis, view: Screen): string[] {
  const { partition } = analysis;
  if (!partition) return [view.paint.dim('  no windows found')];
  const columns = Math.min(32, Math.floor(view.width / 2) - 4);
  const named = mainCauses(partition.causes).map((cause) => `${formatShare(cause.share)} ${inertText(cause.id, 24)}`);
  const invalid = analysis.validity?.verdict === 'void' ? ['not a valid measurement'] : [];
  const words = [...invalid, ...(gpuDevice(analysis)?.software ? ['software rendering'] : []), ...named].join(', ');
  return [`  ${causeBar(partition.causes, columns, view)}  ${view.paint.dim(clip(words, view.width - columns - 4))}`];
}
