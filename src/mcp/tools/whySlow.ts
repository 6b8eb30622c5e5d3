import { z } from 'zod';
import { quotedPrediction } from '../../../analyzers/latency/quotedPrediction.js';
import { outliersText } from '../../../analyzers/partition/outliersText.js';
import type { CauseTime } from '../../../analyzers/partition/partition.js';
import { savingText } from '../../../analyzers/steps/view.js';
import { answer as inSentences } from '../../report/answer.js';
import { inertText } from '../../text/inertText.js';
import { formatCi95, formatMs, formatPlural, formatShare } from '../../view/format.js';
import { errorLine, pageError, pageErrors } from '../pageErrors.js';
import { amount, interval, intervalOf, ofRecording, shortName, subject, subjectLine, subjectOf, verdict } from '../schemas.js';
import { tool } from '../tool.js';
import { verdictText } from '../verdictText.js';

const CAUSES = 8;
/** The text leaves out what takes less; the data has it. */
const MIN_SHARE = 0.01;
/** Of so many causes the text says what shows them, in so many characters; the data says it of all. */
const WITH_EVIDENCE = 2;
const EVIDENCE_LIMIT = 240;

const cause = z.object({
  id: z.string(),
  title: z.string(),
  meaning: z.string(),
  share: z.number().describe('Of the time of a typical inference, as a fraction of 1.'),
  ms: amount,
  ci95Ms: interval,
  evidence: z.string(),
});

const output = z.object({
  recording: subject,
  verdict,
  prediction: z
    .object({
      medianMs: amount,
      ci95Ms: interval,
      n: z.number(),
      underTrace: z.boolean().describe('Timed while the trace was recorded, which makes it slower.'),
    })
    .nullable(),
  native: z
    .object({
      baseline: z.string(),
      medianMs: amount,
      ci95Ms: interval,
      ratio: amount.describe('Browser over native.'),
      ratioCi95: interval,
    })
    .nullable(),
  causes: z.array(cause),
  causesLeftOut: z.number(),
  effects: z
    .array(z.object({ id: z.string(), title: z.string(), ms: amount, ci95Ms: interval }))
    .describe('What single factors contribute to the gap to native, each measured with and without it. Empty without a ladder.'),
  slowOnes: z.string().nullable().describe('Inferences that take markedly longer than typical ones, and what they have more of.'),
  firstStep: z.string().nullable(),
  errors: z.array(pageError).describe('What a page reported in which no inference was found.'),
});

export const whySlow = tool({
  name: 'why_slow',
  title: 'Why is it slow?',
  description:
    'Says how long an inference takes, how that compares to native, and where the time goes: causes with share, milliseconds, 95 % interval and evidence. Causes sum to the whole time.',
  input: z.object(ofRecording),
  output,
  readOnly: true,
  async answer(choice, context) {
    const { analysis } = await context.recordings.of(choice, context);
    const { validity, gap, partition, outliers, steps } = analysis;
    const quoted = quotedPrediction(analysis);
    const all = partition?.causes ?? [];
    const causes = all.slice(0, CAUSES);
    const told = causes.filter(({ share }) => share >= MIN_SHARE);
    const [first] = steps ?? [];
    const errors = partition ? [] : pageErrors(analysis);
    return {
      data: {
        recording: subjectOf(analysis),
        verdict: validity?.verdict ?? null,
        prediction: quoted && {
          medianMs: quoted.prediction.medianMs,
          ci95Ms: intervalOf(quoted.prediction.ci95Ms),
          n: quoted.prediction.n,
          underTrace: quoted.traced,
        },
        native: gap && {
          baseline: shortName(gap.baseline),
          medianMs: gap.nativeMs,
          ci95Ms: intervalOf(gap.nativeCi95Ms),
          ratio: gap.ratio,
          ratioCi95: intervalOf(gap.ratioCi95),
        },
        causes: causes.map(({ ci95Ms, ...known }) => ({ ...known, ci95Ms: intervalOf(ci95Ms) })),
        causesLeftOut: all.length - causes.length,
        effects: (gap?.effects ?? []).map(({ id, title, ms, ci95Ms }) => ({ id, title, ms, ci95Ms: intervalOf(ci95Ms) })),
        slowOnes: outliers && outliersText(outliers),
        firstStep: first?.title ?? null,
        errors,
      },
      head: verdictText(validity),
      lines: [
        subjectLine(analysis),
        ...inSentences(analysis).sentences,
        ...(first ? [`First step: ${first.title} (${savingText(first.saves)})`] : []),
        ...told.map(causeLine),
        ...(all.length > told.length ? [`${formatPlural(all.length - told.length, 'smaller cause')} left out.`] : []),
        ...errors.map(errorLine),
        ...(gap?.effects ?? []).map(
          ({ title, ms, ci95Ms }) => `Measured effect: ${title} ${formatMs(ms)} (${formatCi95(ci95Ms, ms)})`,
        ),
        ...(outliers ? [`${outliersText(outliers)}.`] : []),
      ],
      next: partition
        ? 'Next: steps (what to do, and what it saves), operator, function, my_code.'
        : 'No time was split into causes. If the page measures its inferences, ask again with its measure’s name as mark; steps says what else helps.',
    };
  },
});

function causeLine({ id, title, share, ms, ci95Ms, evidence }: CauseTime, place: number): string {
  const shown = place < WITH_EVIDENCE && evidence !== '' ? `: ${inertText(evidence, EVIDENCE_LIMIT)}` : '';
  return `- ${formatShare(share)} ${title} (${id}), ${formatMs(ms)} (${formatCi95(ci95Ms, ms)})${shown}`;
}
