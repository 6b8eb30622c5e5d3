import type { Trace } from '../../src/trace/trace.js';
import { type Instant, instantsOf, numberOf, textOf } from './instantArgs.js';

/** Where the bytes of a response came from. */
export type Source = 'network' | 'disk cache' | 'memory cache' | 'service worker';

/**
 * A request of a page, its frames or workers, as Blink reports it to DevTools' timeline.
 * https://source.chromium.org/chromium/chromium/src/+/main:third_party/blink/renderer/core/inspector/inspector_trace_events.cc
 */
export interface Request {
  /** Untrusted text. */
  readonly url: string;
  /** Document, Script, Fetch, Other, … */
  readonly type: string;
  /** Row of threads: who asked. */
  readonly thread: number;
  readonly sentUs: number;
  /** Null until there was an answer, and until all of it was there. */
  readonly respondedUs: number | null;
  readonly finishedUs: number | null;
  readonly source: Source | null;
  /** Of a service worker’s response: `httpCache`, `network` and `cacheStorage` name what it passed on; others it made itself. */
  readonly workerSource: string | null;
  readonly mimeType: string | null;
  /** Of the body, decompressed. */
  readonly bytes: number | null;
  /** As the response said it; null where it did not, or the trace does not tell. */
  readonly cacheControl: string | null;
  readonly failed: boolean;
}

const SENT = 'ResourceSendRequest';
const NAMES = new Set([SENT, 'ResourceReceiveResponse', 'ResourceFinish', 'ResourceMarkAsCached']);
const ID = 'data.requestId';

/** The requests of a trace, by the time at which they were sent. */
export function requestsOf(trace: Trace): Request[] {
  const events = new Map<string, Instant[]>();
  for (const event of instantsOf(trace, NAMES)) {
    const id = textOf(event, ID) ?? '';
    const own = events.get(id);
    if (own) own.push(event);
    else events.set(id, [event]);
  }
  return [...events.values()].flatMap((own) => requestOf(own) ?? []).sort((a, b) => a.sentUs - b.sentUs);
}

function requestOf(events: readonly Instant[]): Request | null {
  const last = (name: string): Instant | null => events.findLast((event) => event.name === name) ?? null;
  const sent = events.find(({ name }) => name === SENT);
  if (!sent) return null;
  const response = last('ResourceReceiveResponse');
  const finish = last('ResourceFinish');
  return {
    url: textOf(sent, 'data.url') ?? '',
    type: textOf(sent, 'data.resourceType') ?? '',
    thread: sent.thread,
    sentUs: sent.atUs,
    respondedUs: response?.atUs ?? null,
    finishedUs: finish?.atUs ?? null,
    source: last('ResourceMarkAsCached') ? 'memory cache' : response && sourceOf(response),
    workerSource: response && textOf(response, 'data.serviceWorkerResponseSource'),
    mimeType: response && textOf(response, 'data.mimeType'),
    bytes: finish && numberOf(finish, 'data.decodedBodyLength'),
    cacheControl: response && headerOf(response, 'cache-control'),
    failed: finish !== null && textOf(finish, 'data.didFail') === 'true',
  };
}

function sourceOf(response: Instant): Source {
  if (textOf(response, 'data.fromServiceWorker') === 'true') return 'service worker';
  return textOf(response, 'data.fromCache') === 'true' ? 'disk cache' : 'network';
}

function headerOf({ args }: Instant, wanted: string): string | null {
  const at = (args.get('data.headers[].name') ?? []).findIndex((name) => name.toLowerCase() === wanted);
  return at < 0 ? null : (args.get('data.headers[].value')?.[at] ?? null);
}
