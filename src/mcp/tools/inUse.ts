import { z } from 'zod';
import { usesOf } from '../../report/inUse.js';
import { formatShare } from '../../view/format.js';
import { amount, ofRecording, subject, subjectLine, subjectOf, verdict } from '../schemas.js';
import { tool } from '../tool.js';
import { verdictText } from '../verdictText.js';

const use = z.object({
  what: z.string(),
  used: z.boolean().nullable().describe('Null: not known.'),
  share: amount.describe('Of the self time of all Wasm in inferences; of threads, that of all but the calling one.'),
  why: z.string().describe('What it is known by, or why it is not used.'),
});

export const inUse = tool({
  name: 'in_use',
  title: 'Are SIMD, threads, a worker and a GPU in use?',
  description:
    'Says whether SIMD, relaxed SIMD, threads, cross-origin isolation, a worker and a GPU are used, and why not: for example that the module holds no vector instruction, that a header is missing, or that an adapter was refused.',
  input: z.object(ofRecording),
  output: z.object({ recording: subject, verdict, uses: z.array(use) }),
  readOnly: true,
  async answer(choice, context) {
    const { analysis } = await context.recordings.of(choice, context);
    const uses = usesOf(analysis);
    return {
      data: { recording: subjectOf(analysis), verdict: analysis.validity?.verdict ?? null, uses },
      head: verdictText(analysis.validity),
      lines: [
        subjectLine(analysis),
        ...uses.map(({ what, used, share, why }) => {
          const answer = used === null ? 'not known' : used ? 'yes' : 'no';
          return `- ${what}: ${answer}${share !== null && share > 0 ? `, ${formatShare(share)}` : ''}. ${why}`.trim();
        }),
      ],
      next: 'Next: steps, for what a change would save.',
    };
  },
});
