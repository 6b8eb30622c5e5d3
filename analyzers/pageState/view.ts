import { type Column, type Line, lead, paragraph, table } from '../../src/view/block.js';
import type { View } from '../../src/view/view.js';
import { errorsOf, type PageState } from './pageState.js';

type Message = PageState['messages'][number];

/** The page's state, and what it reported while it was recorded. */
export const view: View<{ readonly pageState: PageState | null }> = {
  id: 'page-state',
  title: 'The page’s state',
  words: {
    'Cross-origin isolated':
      'A page that two response headers cut off from others. Only such a page has shared memory, which Wasm threads need, and precise timers.',
  },
  blocks({ pageState }) {
    if (!pageState) return [];
    const { messages } = pageState;
    return [
      lead(isolationText(pageState)),
      ...(messages.length > 0
        ? [table('What the page reported', columns, messages)]
        : [paragraph('The page reported no errors and no warnings.')]),
    ];
  },
  brief({ pageState }) {
    if (!pageState) return [];
    const { threads } = pageState;
    const [first] = errorsOf(pageState);
    return [
      ...(threads ? [line('Threads', `${threads.got} of ${threads.asked}`, isolationText(pageState))] : []),
      ...(first ? [line('Page error', null, textOf(first))] : []),
    ];
  },
};

const line = (label: string, value: string | null, text: string): Line => ({ label, value, text });

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
