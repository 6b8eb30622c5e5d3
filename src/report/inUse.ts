import { gpuDevice, gpuStoodIdle, kindOfDevice } from '../../analyzers/gpu/words.js';
import type { Analysis } from '../../analyzers/index.js';
import type { InstructionUse } from '../../analyzers/instructions/instructionSet.js';
import { deniedRequests } from '../../analyzers/pageState/gpuRequests.js';
import { deniedText } from '../../analyzers/pageState/stateText.js';

/** Something that makes inference fast, and whether it is in use. */
export interface Use {
  readonly what: string;
  /** Null: not known. */
  readonly used: boolean | null;
  /** Of the self time of all Wasm in inferences; of threads, that of all but the calling one. */
  readonly share: number | null;
  /** What it is known by, or why it is not used; may hold text from outside. */
  readonly why: string;
}

/** SIMD, threads, isolation, a worker and a GPU: whether they are in use. What does not apply is left out. */
export function usesOf(analysis: Analysis): Use[] {
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
