import { plural } from '../../src/view/format.js';
import { gpuRealmsOnTrace } from '../activity/gpu/realm.js';
import { fact, page, trace } from '../input.js';
import { info, type Note, question, warning } from '../question.js';
import { wasmRealms, windows } from '../windows/index.js';
import { begun } from './begun.js';
import { deniedRequests, type GpuRequest, gpuRequests } from './gpuRequests.js';
import { heapMemory, type InferenceMemory, inferenceMemory } from './inferenceMemory.js';
import { type MainThread, mainThreadUse } from './mainThread.js';
import { errorsOf, type PageState, pageState } from './pageState.js';
import { realmsOf } from './realms.js';
import { requestTitle } from './stateText.js';
import { textOf, view } from './view.js';
import { blockedAdvice, blockedText, growthText, memoryTitle } from './words.js';

/** State of the page's document and what it reported; null for a run that the tool drives, and if the page did not answer. */
export const state = fact('pageState', (get) => {
  const { state: document } = get(page);
  return document && pageState(document);
});

/** What the page asked for before it could use the GPU; null where no hook saw it. */
const requests = fact('gpuRequests', (get) => {
  get(page);
  return get.input.gpu && gpuRequests(get.input.gpu);
});

/** Long tasks of the page's main thread in the windows; null without a window. */
const mainThread = fact('mainThread', (get) => {
  get(page);
  return mainThreadUse(get(trace), get(windows).windows);
});

/** Memory after each inference, by hooks and readings of the heaps; null without a window. */
const memory = fact('inferenceMemory', (get) => {
  get(page);
  const { windows: found } = get(windows);
  const { heaps } = get.input;
  return [
    ...inferenceMemory(get(trace), found, get(wasmRealms), get(gpuRealmsOnTrace)),
    ...(heaps ? heapMemory(found, heaps) : []),
  ];
});

/** Whether the page could use what it asked for, what its inferences do to it, and what went wrong in it. */
export const pageStateQuestion = question({
  facts: {
    pageState: state,
    /** Workers that the page made, and frames of other sites; null where they were not counted. */
    realms: fact('realms', (get) => {
      const { realms: made } = get(page);
      const { gpu, wasm, trace: recorded } = get.input;
      return made && realmsOf(made, recorded, [...(wasm?.realms ?? []), ...(gpu?.realms ?? [])]);
    }),
    gpuRequests: requests,
    /** Null for a page without hooks: one that was not recorded from its first line. */
    begun: fact('begun', (get) => {
      const manifest = get(page);
      return manifest.page.fromStart ? begun(manifest, get.input.wasm, get.input.gpu) : null;
    }),
    mainThread,
    inferenceMemory: memory,
  },
  notes: (get) => {
    const known = get.maybe(state);
    return [
      ...(known ? threads(known) : []),
      ...denied(get.maybe(requests) ?? []),
      ...(known ? withoutWebGpu(known) : []),
      ...growing(get.maybe(memory) ?? []),
      ...blocked(get.maybe(mainThread)),
      ...(known ? reported(known) : []),
    ];
  },
  view,
});

function threads({ threads: found, headersMissing }: PageState): Note[] {
  if (!found || headersMissing.length === 0) return [];
  return [
    warning(
      'page-not-isolated',
      `The page asked for ${found.asked} threads and runs on ${found.got}, as it is not cross-origin isolated. Serve it with ${headersMissing.join(' and ')}.`,
    ),
  ];
}

function denied(asked: readonly GpuRequest[]): Note[] {
  return deniedRequests(asked).map((request) => {
    const { what, count, refused, failed, reason } = request;
    const api = what === 'adapter' || what === 'device' ? 'WebGPU' : 'WebGL';
    const because = reason === '' ? '' : ` The first error: ${reason}`;
    return warning(
      `no-gpu-${what}`,
      `The page asked for a ${requestTitle(request)} and got none (${refused + failed} of ${plural(count, 'time')}), so nothing of it runs on ${api}.${because}`,
    );
  });
}

const WEBGPU = /\bwebgpu\b|\bnavigator\.gpu\b/i;

/** A page cannot ask what it does not have; that it wanted it, only its own words tell. */
function withoutWebGpu({ webgpu, secureContext, messages }: PageState): Note[] {
  if (webgpu !== false || !messages.some(({ text }) => WEBGPU.test(text))) return [];
  const why =
    secureContext === false
      ? 'as it is no secure context. Serve it over https, or from localhost'
      : 'as this browser has none, or has it switched off';
  return [warning('no-webgpu', `The page speaks of WebGPU, and has no navigator.gpu, ${why}.`)];
}

function growing(memories: readonly InferenceMemory[]): Note[] {
  return memories.flatMap((one) =>
    one.growth ? [warning(`leak-${one.of}`, `${memoryTitle(one)} ${growthText(one, one.growth)}`)] : [],
  );
}

function blocked(use: MainThread | null): Note[] {
  if (!use || use.longTasks === 0) return [];
  return [info('main-thread-blocked', `The page’s main thread is ${blockedText(use)} ${blockedAdvice(use)}`)];
}

function reported(known: PageState): Note[] {
  const errors = errorsOf(known);
  if (errors.length === 0) return [];
  return [info('page-errors', `The page reported ${plural(errors.length, 'error')}; the first: ${textOf(errors[0]!)}`)];
}
