import { type Column, type Line, lead, line, paragraph, table, valueLine } from '../../src/view/block.js';
import { formatBytes, formatMs, formatShare, plural } from '../../src/view/format.js';
import type { View } from '../../src/view/view.js';
import type { Inferences } from '../windows/inferences.js';
import { deniedRequests, type GpuRequest } from './gpuRequests.js';
import type { InferenceMemory } from './inferenceMemory.js';
import { isOftenBlocked, type MainThread } from './mainThread.js';
import { errorsOf, type PageState } from './pageState.js';
import type { Realms } from './realms.js';
import { deniedText, requestTitle, workersText } from './stateText.js';
import { blockedAdvice, blockedText, leakText, memoryTitle } from './words.js';

type Message = PageState['messages'][number];

/** What is known of a watched page itself. */
export interface KnownOfPage {
  readonly pageState: PageState | null;
  readonly realms: Realms | null;
  readonly gpuRequests: readonly GpuRequest[] | null;
  readonly mainThread: MainThread | null;
  readonly inferenceMemory: readonly InferenceMemory[] | null;
  readonly inferences: Inferences | null;
}

/** The page's state, what its inferences do to it, and what it reported while it was recorded. */
export const view: View<KnownOfPage> = {
  id: 'page-state',
  title: 'The page’s state',
  words: {
    'Cross-origin isolated':
      'A page that two response headers cut off from others. Only such a page has shared memory, which Wasm threads need, and precise timers.',
    'Long task': 'A task of 50 ms and more on the page’s main thread, by the wall clock. The page answers no input meanwhile.',
    Adapter: 'A GPU, or a program that stands in for one, as WebGPU gives it to a page that asks.',
  },
  blocks({ pageState, realms, gpuRequests, mainThread, inferenceMemory }) {
    const messages = pageState?.messages ?? [];
    return [
      ...(pageState ? [lead(isolationText(pageState))] : []),
      ...(pageState?.webgpu === false ? [paragraph('The page has no navigator.gpu, so it cannot ask for WebGPU.')] : []),
      ...(mainThread && mainThread.longTasks > 0
        ? [paragraph(`The main thread is ${blockedText(mainThread)} ${blockedAdvice(mainThread)}`)]
        : []),
      ...(realms ? [paragraph(realmsText(realms))] : []),
      ...(realms && realms.made.length > 0 ? [table('Workers, and frames of other sites', realmColumns, realms.made)] : []),
      ...(realms && realms.isolation.length > 0
        ? [table('Threads that call into Wasm or the GPU', isolationColumns, realms.isolation)]
        : []),
      ...(gpuRequests && gpuRequests.length > 0
        ? [table('What the page asked for to use the GPU', requestColumns, gpuRequests)]
        : []),
      ...(inferenceMemory && inferenceMemory.length > 0
        ? [table('Memory after each inference', memoryColumns, inferenceMemory)]
        : []),
      ...(messages.length > 0 ? [table('What the page reported', columns, messages)] : []),
      ...(pageState && messages.length === 0 ? [paragraph('The page reported no errors and no warnings.')] : []),
    ];
  },
  brief({ pageState, realms, gpuRequests, mainThread, inferenceMemory, inferences }) {
    const threads = pageState?.threads;
    const first = pageState && errorsOf(pageState)[0];
    return [
      ...(mainThread && isOftenBlocked(mainThread) ? [blockedLine(mainThread)] : []),
      ...(inferenceMemory ?? []).flatMap((one) =>
        one.growth
          ? [valueLine(memoryTitle(one), `+${formatBytes(one.growth.bytesPerInference)}`, leakText(one, one.growth))]
          : [],
      ),
      ...(pageState && threads ? [valueLine('Threads', `${threads.got} of ${threads.asked}`, isolationText(pageState))] : []),
      ...deniedRequests(gpuRequests ?? []).map((request) => line('GPU', deniedText(request))),
      ...(inferences?.count === 0 && pageState && !threads ? [line('Page', isolationText(pageState))] : []),
      ...(inferences?.count === 0 && realms ? [line('Workers', workersText(realms.made))] : []),
      ...(first ? [line('Page error', textOf(first))] : []),
    ];
  },
};

/** A line of the terminal is short: for how long it is blocked comes first. */
function blockedLine(use: MainThread): Line {
  const { infers, blockedMedianMs, blockedShare, inferences, blockedInferences, longestMs } = use;
  return blockedMedianMs > 0
    ? valueLine(
        'Main thread',
        formatMs(blockedMedianMs),
        `blocked per inference (${formatShare(blockedShare)}): no input is answered.${infers ? ' Run it in a worker.' : ''}`,
      )
    : valueLine(
        'Main thread',
        formatMs(longestMs),
        `longest task that blocks it, in ${blockedInferences} of ${plural(inferences, 'inference')}`,
      );
}

/** "It made 2 dedicated workers, and 1 frame of another site." */
function realmsText({ made, frames }: Realms): string {
  return `It made ${workersText(made)}${frames > 0 ? `, and ${plural(frames, 'frame')} of other sites` : ''}.`;
}

function isolationText({ crossOriginIsolated, headersMissing, threads, hardwareConcurrency }: PageState): string {
  const cores = hardwareConcurrency === null ? '' : ` Scripts are told of ${hardwareConcurrency} logical processors.`;
  if (crossOriginIsolated === null) return `Whether the page is cross-origin isolated is not known.${cores}`;
  if (crossOriginIsolated) return `The page is cross-origin isolated, so it may use threads.${cores}`;
  const asked = threads ? ` It asked for ${threads.asked} threads and runs on ${threads.got}.` : '';
  return `The page is not cross-origin isolated, so Wasm has no threads.${asked} Serve it with ${headersMissing.join(' and ')}.`;
}

const TEXT_SHOWN = 300;

/** A message with its place. */
export function textOf({ text, url, line: at }: Message): string {
  const shown = text.length > TEXT_SHOWN ? `${text.slice(0, TEXT_SHOWN)}…` : text;
  return url === '' ? shown : `${shown} (${url}${at === null ? '' : `:${at}`})`;
}

const KINDS: Readonly<Record<Message['kind'], string>> = {
  error: 'error',
  warning: 'warning',
  exception: 'uncaught exception',
  request: 'failed request',
};

const columns: readonly Column<Message>[] = [
  { id: 'kind', head: 'Kind', kind: 'text', value: ({ kind }) => KINDS[kind] },
  { id: 'text', head: 'Text', kind: 'text', limit: TEXT_SHOWN, value: ({ text }) => text },
  { id: 'url', head: 'Script or address', kind: 'text', limit: 120, value: ({ url }) => url },
  { id: 'line', head: 'Line', kind: 'count', value: ({ line: at }) => at },
  { id: 'count', head: 'Times', kind: 'count', value: ({ count }) => count },
];

const REALMS: Readonly<Record<Realms['made'][number]['kind'], string>> = {
  dedicated: 'dedicated worker',
  shared: 'shared worker',
  service: 'service worker',
  frame: 'frame of another site',
};

const realmColumns: readonly Column<Realms['made'][number]>[] = [
  { id: 'kind', head: 'Kind', kind: 'text', value: ({ kind }) => REALMS[kind] },
  { id: 'url', head: 'Address', kind: 'text', limit: 120, value: ({ url }) => url },
  { id: 'count', head: 'Made', kind: 'count', value: ({ count }) => count },
];

const isolationColumns: readonly Column<Realms['isolation'][number]>[] = [
  { id: 'thread', head: 'Thread', kind: 'text', value: ({ thread }) => thread },
  { id: 'crossOriginIsolated', head: 'Cross-origin isolated', kind: 'flag', value: (row) => row.crossOriginIsolated },
];

const requestColumns: readonly Column<GpuRequest>[] = [
  { id: 'what', head: 'Asked for', kind: 'text', value: requestTitle },
  { id: 'count', head: 'Times', kind: 'count', value: ({ count }) => count },
  { id: 'refused', head: 'Refused', kind: 'count', value: ({ refused }) => refused },
  { id: 'failed', head: 'Failed', kind: 'count', value: ({ failed }) => failed },
  { id: 'reason', head: 'First error', kind: 'text', limit: TEXT_SHOWN, value: ({ reason }) => reason },
];

const memoryColumns: readonly Column<InferenceMemory>[] = [
  { id: 'of', head: 'Memory', kind: 'text', value: memoryTitle },
  { id: 'thread', head: 'Thread', kind: 'text', value: ({ thread }) => thread },
  { id: 'count', head: 'Inferences', kind: 'count', value: ({ count }) => count },
  { id: 'firstBytes', head: 'After the first', kind: 'bytes', value: ({ firstBytes }) => firstBytes },
  { id: 'lastBytes', head: 'After the last', kind: 'bytes', value: ({ lastBytes }) => lastBytes },
  {
    id: 'bytesPerInference',
    head: 'Grows per inference',
    kind: 'bytes',
    value: ({ growth }) => growth?.bytesPerInference ?? null,
    ci95: ({ growth }) => growth?.ci95Bytes ?? null,
  },
];
