import { z } from 'zod';
import { ofRecording, subject, subjectLine, subjectOf, verdict } from '../schemas.js';
import { tool } from '../tool.js';

const HEADS = {
  good: 'Valid: the measurement is good.',
  fair: 'Valid with care: the measurement is fair. Tell the reasons beside its figures.',
  void: 'Not valid: quote no figure of this recording, and record again.',
} as const;

const output = z.object({
  recording: subject,
  verdict: verdict.describe('good; fair: to be taken with care; void: no valid measurement. Null: nothing was timed.'),
  reasons: z.array(z.object({ id: z.string(), level: z.enum(['fair', 'void']), text: z.string() })),
  doubts: z.array(z.object({ id: z.string(), text: z.string() })).describe('Single figures that are doubtful.'),
  repeat: z.string().nullable().describe('Command that records the same again.'),
});

export const isItValid = tool({
  name: 'is_it_valid',
  title: 'Is the measurement valid?',
  description:
    'Says whether the figures of a recording can be trusted (good, fair or void), and why. Ask it first: a busy machine, a lost trace or a wrong output makes every other answer meaningless.',
  input: z.object(ofRecording),
  output,
  readOnly: true,
  async answer(choice, context) {
    const { analysis } = await context.recordings.of(choice, context);
    const { validity, notes, command: repeat } = analysis;
    const reasons = validity?.reasons ?? [];
    const told = new Set(reasons.map(({ id }) => id));
    const doubts = notes.flatMap(({ id, level, text }) => (level === 'warning' && !told.has(id) ? [{ id, text }] : []));
    return {
      data: { recording: subjectOf(analysis), verdict: validity?.verdict ?? null, reasons: [...reasons], doubts, repeat },
      head: validity ? HEADS[validity.verdict] : 'No verdict: nothing was timed, and no inference was looked for.',
      lines: [
        subjectLine(analysis),
        ...reasons.map(({ id, level, text }) => `- ${level}, ${id}: ${text}`),
        ...doubts.map(({ text }) => `- doubtful: ${text}`),
        ...(repeat !== null && validity?.verdict === 'void' ? [`To record it again: ${repeat}`] : []),
      ],
      next:
        validity?.verdict === 'void'
          ? 'Next: steps, for how to record it better, and my_code, for what a page reported.'
          : 'Next: why_slow, steps.',
    };
  },
});
