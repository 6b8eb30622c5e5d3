import { z } from 'zod';
import { gpuDevice, gpuStoodIdle, kindOfDevice } from '../../../analyzers/gpu/words.js';
import type { Analysis } from '../../../analyzers/index.js';
import type { InstructionUse } from '../../../analyzers/instructions/instructionSet.js';
import { deniedRequests } from '../../../analyzers/pageState/gpuRequests.js';
import { deniedText } from '../../../analyzers/pageState/stateText.js';
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

type Use = z.input<typeof use>;

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

/** What does not apply is left out. */
function usesOf(analysis: Analysis): Use[] {
  const { instructionSet: set } = analysis;
  return [
    ...(set
      ? [instructions('SIMD', set.simd128), instructions('relaxed SIMD', set.relaxed), instructions('scalar code', set.scalar)]
      : []),
    ...(set ? [instructions('threads', set.threads)] : []),
    ...isolation(analysis),
    ...worker(analysis),
    ...gpu(analysis),
  ];
}

const instructions = (what: string, { ran, share, why }: InstructionUse): Use => ({ what, used: ran, share, why });

const plain = (what: string, used: boolean | null, why: string): Use => ({ what, used, share: null, why });

function isolation({ run, pageState }: Analysis): Use[] {
  const what = 'cross-origin isolation, which threads need';
  if (run) return [plain(what, run.crossOriginIsolated, '')];
  if (!pageState) return [];
  const { crossOriginIsolated, headersMissing, threads } = pageState;
  const asked = threads ? ` The page asked for ${threads.asked} threads and got ${threads.got}.` : '';
  const missing = headersMissing.length > 0 ? `Headers that the server has to send: ${headersMissing.join(' and ')}.` : '';
  return [plain(what, crossOriginIsolated, `${missing}${asked}`.trim())];
}

function worker({ run, mainThread }: Analysis): Use[] {
  if (run) return [plain('worker', run.on === 'worker', '')];
  if (!mainThread) return [];
  return [
    plain(
      'worker',
      !mainThread.infers,
      mainThread.infers ? 'Inferences run on the main thread, which can answer no input meanwhile.' : '',
    ),
  ];
}

function gpu(analysis: Analysis): Use[] {
  const ran = gpuDevice(analysis);
  if (ran) {
    const idle = gpuStoodIdle(analysis);
    return [
      plain(
        'GPU',
        !idle && ran.software !== true,
        `${ran.api} on ${ran.name}, ${kindOfDevice(ran.software)}${idle ? '; it got no work in inferences' : ''}.`,
      ),
    ];
  }
  const denied = deniedRequests(analysis.gpuRequests ?? []).map((request) => `${deniedText(request)}.`);
  if (analysis.pageState?.webgpu === false) denied.push('The page has no navigator.gpu.');
  const { browser, run } = analysis;
  if (denied.length === 0 && browser)
    denied.push(
      `${run ? `The backend is ${run.backend}` : 'The page used none'}. This browser’s WebGPU: ${browser.webgpu ?? 'not known'}, WebGL: ${browser.webgl ?? 'not known'}.`,
    );
  return [plain('GPU', false, denied.join(' '))];
}
