import type { VisitsInput } from '../../../analyzers/input.js';
import type { VisitSeries } from '../../../src/bundle/visitLog.js';
import { RunBuilder, type ThreadBuilder } from '../buildRun.js';

export const ORIGIN = 'https://page.example';
export const MODULE = `${ORIGIN}/model.wasm`;
export const MODULE_BYTES = 5_000_000;

interface Asked {
  readonly url: string;
  readonly type?: string;
  readonly bytes?: number;
  readonly mimeType?: string;
  readonly fromCache?: boolean;
  readonly fromServiceWorker?: boolean;
  readonly workerSource?: string;
  readonly cacheControl?: string;
}

/** A page that is opened at 0 ms, on its main thread. */
export class VisitBuilder {
  readonly run = new RunBuilder();
  readonly main: ThreadBuilder;
  #requests = 0;

  constructor() {
    this.main = this.run.thread('CrRendererMain');
    const data = { documentLoaderURL: `${ORIGIN}/`, isOutermostMainFrame: true };
    this.main.event({ ph: 'R', cat: 'blink.user_timing', name: 'navigationStart', args: { data } }, 0);
    this.requests({ url: `${ORIGIN}/`, type: 'Document', mimeType: 'text/html', bytes: 500 }, 1, 10);
  }

  /** A request, its response half-way, and its end. */
  requests(asked: Asked, startMs: number, endMs: number): this {
    const requestId = `1.${++this.#requests}`;
    const { url, type = 'Fetch', bytes = 1000, mimeType = 'text/javascript', cacheControl } = asked;
    const { fromCache = false, fromServiceWorker = false, workerSource } = asked;
    const headers = cacheControl === undefined ? [] : [{ name: 'Cache-Control', value: cacheControl }];
    this.#instant('ResourceSendRequest', { data: { requestId, url, resourceType: type } }, startMs);
    const response = { requestId, fromCache, fromServiceWorker, mimeType, headers };
    const source = workerSource === undefined ? {} : { serviceWorkerResponseSource: workerSource };
    this.#instant('ResourceReceiveResponse', { data: { ...response, ...source } }, (startMs + endMs) / 2);
    this.#instant('ResourceFinish', { data: { requestId, decodedBodyLength: bytes, didFail: false } }, endMs);
    return this;
  }

  /** A module that is compiled as it streams in between these times. */
  streams(url: string, startMs: number, { hit = false, keeps = false } = {}): this {
    this.#instant('v8.wasm.streamFromResponseCallback', {}, startMs);
    this.main.event({ ph: 'X', cat: 'v8.wasm', name: 'wasm.SetUrl', dur: 1, args: { url } }, startMs);
    if (hit) this.#instant('v8.wasm.moduleCacheHit', { url, consumedCacheSize: 1000 }, startMs + 1);
    if (keeps) {
      this.#instant('v8.wasm.compiledModule', { url }, 900);
      this.#instant('v8.wasm.cachedModule', { producedCacheSize: 1000 }, 901);
    }
    return this;
  }

  /** A module of which a script hands over the bytes. */
  compilesBytes(bytes: number, atMs: number, { refused = false } = {}): this {
    if (refused) this.main.event({ ph: 'X', cat: 'v8.wasm', name: 'wasm.AbortStreaming', dur: 1 }, atMs - 1);
    const args = { wire_bytes: bytes };
    this.main.event({ ph: 'X', cat: 'v8.wasm', name: 'wasm.GetNativeModuleFromCache', dur: 1, args }, atMs);
    return this;
  }

  #instant(name: string, args: object, atMs: number): void {
    this.main.event({ ph: 'I', s: 't', cat: 'devtools.timeline', name, args }, atMs);
  }
}

/** Visits in the order given; `bytes` are those with the module handed over. */
export function visitsOf(
  visits: readonly { readonly series?: VisitSeries; readonly number: number; readonly visit: VisitBuilder }[],
  builds: VisitsInput['log']['builds'] = [],
): VisitsInput {
  return {
    log: {
      schema: 'inferscope.visits/1',
      visitsAsked: Math.max(...visits.map(({ number }) => number)),
      restMs: 4000,
      builds,
      visits: visits.map(({ series = 'as-served', number }) => ({
        series,
        number,
        setupMs: null,
        warmupMs: null,
        predictions: 0,
      })),
    },
    recorded: visits.map(({ visit }) => ({ trace: visit.run.trace() })),
  };
}
