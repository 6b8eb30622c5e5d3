import { z } from 'zod';
import { compared } from '../../../analyzers/comparison/compared.js';
import type { Compared } from '../../../analyzers/comparison/figure.js';
import { formatCi95, formatInterval, formatMs, formatRatio } from '../../view/format.js';
import { amount, interval, intervalOf, ofRecording, shortName, subject, subjectLine, subjectOf, verdict } from '../schemas.js';
import { tool } from '../tool.js';

const CAUSES = 6;
const OPERATORS = 5;
/** A cause or a kind of operators that takes less than this part of the whole in both is not told. */
const MIN_PART = 0.01;
/** Of operators no interval is known: a smaller change, as a part of the larger one, is not told. */
const MIN_CHANGE = 0.05;

const side = z.object({ recording: subject, verdict });

const row = z.object({
  what: z.string(),
  aMs: amount,
  aCi95Ms: interval,
  bMs: amount,
  bCi95Ms: interval,
  differenceMs: amount.describe('b − a.'),
  differenceCi95Ms: interval,
  ratio: amount.describe('b ÷ a.'),
  ratioCi95: interval,
  overlap: z.boolean().nullable().describe('Whether the intervals of a and b share a value.'),
  b: z
    .enum(['faster', 'slower', 'not apart', 'unknown'])
    .describe('not apart: the interval of the difference holds zero. unknown: there is no such interval.'),
});

const output = z.object({
  a: side,
  b: side,
  unfit: z.array(z.string()).describe('Why the difference would mean nothing. Empty: it means something.'),
  changed: z.array(z.object({ what: z.string(), a: z.string(), b: z.string() })),
  figures: z.array(row),
  causes: z.array(row),
  operators: z.array(row),
});

export const compare = tool({
  name: 'compare',
  title: 'What differs between two recordings?',
  description:
    'Compares recording b with recording a: settings that changed, latency with its difference and 95 % interval, and which causes and kinds of operators account for it. Says where the two cannot be told apart, and where the comparison means nothing.',
  input: z.object({
    a: z.string().min(1).max(4096).describe('Path of the recording before.'),
    b: z.string().min(1).max(4096).describe('Path of the recording after.'),
    mark: ofRecording.mark,
  }),
  output,
  readOnly: true,
  async answer({ a, b, mark }, context) {
    const before = (await context.recordings.of({ bundle: a, mark }, context)).analysis;
    const after = (await context.recordings.of({ bundle: b, mark }, context)).analysis;
    const { unfit, changed, figures, causes, operators } = compared(before, after);
    const told = causes.filter(isLarge(causes)).slice(0, CAUSES);
    const kinds = operators.filter(isLarge(operators)).filter(hasChanged).slice(0, OPERATORS);
    const [prediction] = figures;
    return {
      data: {
        a: { recording: subjectOf(before), verdict: before.validity?.verdict ?? null },
        b: { recording: subjectOf(after), verdict: after.validity?.verdict ?? null },
        unfit: [...unfit],
        changed: changed.map(({ what, a: was, b: is }) => ({ what, a: shortName(was), b: shortName(is) })),
        figures: figures.map(dataOf),
        causes: told.map(({ id: _, title: __, ...cause }) => dataOf(cause)),
        operators: kinds.map(dataOf),
      },
      head: unfit.length > 0 ? `Not comparable: ${unfit.join(' ')}` : headOf(prediction),
      lines: [
        `a: ${subjectLine(before)}`,
        `b: ${subjectLine(after)}`,
        ...(changed.length === 0 ? ['No setting that is known changed.'] : []),
        ...changed.map(({ what, a: was, b: is }) => `- ${what}: ${shortName(was)} → ${shortName(is)}`),
        ...figures.map(lineOf),
        ...(told.length > 0 ? ['Causes, of a typical inference:'] : []),
        ...told.map(lineOf),
        ...(kinds.length > 0 ? ['Kinds of operators, of the profiling pass, without intervals:'] : []),
        ...kinds.map(lineOf),
      ],
      next: 'Intervals hold what varied while each was recorded, not how the machine changed between the two: to be sure, record both again, in turn.',
    };
  },
});

const isLarge = (all: readonly Compared[]): ((one: Compared) => boolean) => {
  const wholeMs = Math.max(...[all.map(({ aMs }) => aMs), all.map(({ bMs }) => bMs)].map(sum));
  return ({ aMs, bMs }) => Math.max(aMs ?? 0, bMs ?? 0) >= MIN_PART * wholeMs;
};

const sum = (values: readonly (number | null)[]): number => values.reduce<number>((total, value) => total + (value ?? 0), 0);

const hasChanged = ({ aMs, bMs, differenceMs }: Compared): boolean =>
  differenceMs !== null && Math.abs(differenceMs) >= MIN_CHANGE * Math.max(aMs ?? 0, bMs ?? 0);

function headOf(prediction: Compared | undefined): string {
  if (prediction?.what !== 'prediction') return 'Neither has a prediction that was timed.';
  const { differenceMs, ratio, ratioCi95, overlap, b } = prediction;
  if (differenceMs === null) return 'Only one of them has a prediction that was timed.';
  const long = `${formatRatio(ratio)} as long as of a (${formatCi95(ratioCi95, ratio ?? 1)})`;
  if (b === 'unknown') return `A prediction of b takes ${long}: whether that is more than chance is not known.`;
  if (b === 'not apart')
    return `The predictions of a and b cannot be told apart: of b one takes ${long}${overlap ? ', and the two intervals overlap' : ''}.`;
  return `b is ${b}: a prediction takes ${long}${overlap ? ', though the two intervals overlap' : ''}.`;
}

const dataOf = ({ aCi95Ms, bCi95Ms, differenceCi95Ms, ratioCi95, ...known }: Compared): z.input<typeof row> => ({
  ...known,
  aCi95Ms: intervalOf(aCi95Ms),
  bCi95Ms: intervalOf(bCi95Ms),
  differenceCi95Ms: intervalOf(differenceCi95Ms),
  ratioCi95: intervalOf(ratioCi95),
});

const WORDS: Readonly<Record<Compared['b'], string>> = {
  faster: 'faster',
  slower: 'slower',
  'not apart': 'not apart',
  unknown: '',
};

function lineOf({ what, aMs, bMs, differenceMs, differenceCi95Ms, b }: Compared): string {
  const plus = differenceMs !== null && differenceMs > 0 ? '+' : '';
  const ends =
    differenceCi95Ms && differenceMs !== null
      ? ` (95 % ${formatInterval(differenceCi95Ms, differenceMs || differenceCi95Ms[1])})`
      : '';
  const word = WORDS[b] === '' ? '' : `: ${WORDS[b]}`;
  return `- ${what}: ${formatMs(aMs)} → ${formatMs(bMs)}${differenceMs === null ? '' : `, ${plus}${formatMs(differenceMs)}${ends}${word}`}`;
}
