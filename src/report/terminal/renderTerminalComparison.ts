import stringWidth from 'string-width';
import { gpuDevice } from '../../../analyzers/gpu/words.js';
import type { Analysis } from '../../../analyzers/index.js';
import { quotedPrediction } from '../../../analyzers/latency/quotedPrediction.js';
import { ratioInterval } from '../../stats/differenceInterval.js';
import { inertText } from '../../text/inertText.js';
import { formatChange, formatInterval, formatMs, formatRatio, formatShare, MISSING } from '../../view/format.js';
import { mainCauses } from '../answer.js';
import { baseName, subjectDetails, subjectTitle } from '../subject.js';
import { causeBar } from './causeLines.js';
import { firstSentence } from './headLines.js';
import { cell, fitting, type Screen, screen, type TerminalOptions, wrapBelow } from './screen.js';

const GAP = 2;
const BAR_COLUMNS = 20;

/**
 * Several analyses, two lines each in the given order: prediction with its interval, change against the first with its interval,
 * ratio to native; then where the time goes. What all have in common is said once, above. Ends without a line break.
 */
export function renderTerminalComparison(analyses: readonly Analysis[], options: TerminalOptions): string {
  const view = screen(options);
  const { paint, width } = view;
  const details = analyses.map(detailsOf);
  const common = details[0]!.filter((detail) => details.every((list) => list.includes(detail)));
  const names = analyses.map((analysis, place) =>
    [`${place + 1}. ${nameOf(analysis)}`, ...details[place]!.filter((detail) => !common.includes(detail))].join(', '),
  );
  const rows = analyses.map((analysis) => figuresOf(analysis, analyses[0]!));
  const widths = HEADS.map((head, column) => Math.max(stringWidth(head), ...rows.map((row) => stringWidth(row[column]!))));
  const figures = (texts: readonly string[]): string =>
    texts.map((text, column) => `${' '.repeat(GAP)}${cell(text, widths[column]!, 'right')}`).join('');
  const longest = Math.max(...names.map((name) => stringWidth(name)));
  const figuresColumns = stringWidth(figures(HEADS));
  // Names and figures in a line, or figures below names, or each with its heading.
  const isWide = longest + figuresColumns <= width;
  const isNarrow = figuresColumns > width;
  const row = (name: string, texts: readonly string[]): string[] => {
    if (isWide) return [`${cell(name, longest)}${figures(texts)}`.trimEnd()];
    const known = texts.flatMap((text, column) => (text === '' ? [] : [`${HEADS[column]} ${text}`])).join(', ');
    return [
      ...wrapBelow(name, width, '   '),
      ...(isNarrow ? wrapBelow(`   ${known}`, width, '   ') : [figures(texts).trimEnd()]),
    ];
  };
  const traced = analyses.some((analysis) => quotedPrediction(analysis)?.traced);
  return [
    ...(common.length > 0 ? wrapBelow(common.join(', '), width, '  ').map(paint.bold) : []),
    ...(isNarrow ? [] : [paint.dim(`${isWide ? ' '.repeat(longest) : ''}${figures(HEADS)}`)]),
    ...analyses.flatMap((analysis, place) => [...row(names[place]!, rows[place]!), ...belowRow(analysis, view)]),
    ...wrapBelow(
      `${traced ? '* Timed under the trace only. ' : ''}Inputs that were recorded apart were not interleaved: a small change may be the machine’s.`,
      width,
      '  ',
    ).map(paint.dim),
  ].join('\n');
}

const HEADS = ['Prediction', '95 %', 'Change', '95 %', 'Over native'] as const;

/** The figures of an input, as a row. Of the first one there is no change. */
function figuresOf(analysis: Analysis, first: Analysis): string[] {
  const [own, other] = [analysis, first].map((each) => quotedPrediction(each));
  const ratio = formatRatio(analysis.gap?.ratio ?? null);
  if (!own) return [MISSING, '', '', '', ratio];
  const { medianMs, ci95Ms } = own.prediction;
  const latency = [`${own.traced ? '*' : ''}${formatMs(medianMs)}`, formatInterval(ci95Ms, medianMs)];
  if (!other || analysis === first) return [...latency, '', '', ratio];
  const { prediction } = other;
  const ends = ratioInterval({ value: prediction.medianMs, ci95: prediction.ci95Ms }, { value: medianMs, ci95: ci95Ms });
  const interval = ends.every(Number.isFinite) ? ends.map((end) => formatChange(end - 1)).join(' to ') : 'unknown';
  return [...latency, formatChange(medianMs / prediction.medianMs - 1), interval, ratio];
}

/** What is said of what was run, in parts that can be told apart. */
const detailsOf = (analysis: Analysis): string[] => [
  subjectTitle(analysis),
  ...subjectDetails(analysis).split(', ').filter(Boolean),
];

/** The folder or file, as subjects may be alike. */
const nameOf = ({ source }: Analysis): string => inertText(baseName(source.name), 60);

/** Why the row is not valid, then where the time goes. */
function belowRow(analysis: Analysis, view: Screen): string[] {
  const { partition, validity } = analysis;
  const { paint, width } = view;
  const reason = validity?.verdict === 'void' ? validity.reasons[0] : undefined;
  const invalid = reason ? [`   ! Not a valid measurement: ${inertText(firstSentence(reason.text), 400)}`] : [];
  const alarms = invalid.flatMap((line) => wrapBelow(line, width, '     ').map(paint.red));
  if (!partition) return [...alarms, paint.dim('   no windows found')];
  const software = gpuDevice(analysis)?.software ? ['software rendering'] : [];
  const named = mainCauses(partition.causes).map((cause) => `${formatShare(cause.share)} ${inertText(cause.title, 60)}`);
  // A share is not cut: the smallest causes go.
  const words = fitting([...software, ...named], ', ', width - BAR_COLUMNS - 5);
  return [...alarms, `   ${causeBar(partition.causes, BAR_COLUMNS, view)}  ${paint.dim(words)}`.trimEnd()];
}
