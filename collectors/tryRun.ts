import { randomBytes } from 'node:crypto';
import { type TensorValue, tensorView } from '../src/bundle/tensor.js';
import { launchFor } from './browser/launchBrowser.js';
import { CollectError } from './collectError.js';
import { frameworks } from './frameworks.js';
import { gpuApiTitles, HarnessError, type HarnessFailure } from './harness/failure.js';
import { NOTHING_CHANGED, NOTHING_RECORDED } from './harness/protocol.js';
import { serveHarness } from './harness/server.js';
import { openHarness } from './harness/session.js';
import { contentOf, type PageSubject, toldOf } from './harness/subject.js';
import { LimitError, within } from './within.js';

export interface TryOptions extends Omit<PageSubject, 'frameworkFolders'> {
  readonly backend: string;
  readonly threads: number;
  /** Whether the browser uses software rendering, from an earlier launch. Null: not known, and asking a new browser takes a second. */
  readonly software: boolean | null;
  readonly limitMs: number;
  readonly signal: AbortSignal;
}

export interface TryResult {
  /** `unfinished`: it reached the limit, which only means that it is slow here. */
  readonly outcome: 'runs' | 'fails' | 'unfinished';
  /** Why it does not run, or how far it got; null if it runs. */
  readonly reason: string | null;
}

/**
 * Tries whether a model runs on a backend: set-up, warm-up and one prediction, whose outputs must be finite. Each try has its own
 * browser, since one that hangs or loses its device would spoil the next try. Nothing is measured.
 *
 * @throws CollectError if stopped
 */
export async function tryRun(options: TryOptions): Promise<TryResult> {
  const { signal, limitMs, software, backend } = options;
  const launched = await launchFor(backend, software === null ? {} : { software });
  try {
    const odd = await within(limitMs, attempt(options, launched.browser));
    if (odd === null) return { outcome: 'runs', reason: null };
    return { outcome: 'fails', reason: `its output "${odd}" holds NaN or an infinity` };
  } catch (error) {
    if (signal.aborted) throw new CollectError('Stopped.');
    if (error instanceof LimitError) return { outcome: 'unfinished', reason: error.message };
    return { outcome: 'fails', reason: shortReason(error as Error) };
  } finally {
    await launched.browser.close().catch(() => {});
  }
}

type Browser = Parameters<typeof openHarness>[0];

/** @returns the name of an output that is not finite; null if all are */
async function attempt(options: TryOptions, browser: Browser): Promise<string | null> {
  const { framework, backend, threads, signal } = options;
  const { switchesSimd } = frameworks[framework];
  const server = await serveHarness({ ...contentOf(options), isolated: true });
  try {
    const session = await openHarness(browser, server, signal);
    await session.open('worker', {
      runId: randomBytes(4).toString('hex'),
      backend,
      threads,
      simd: switchesSimd && backend === 'wasm' ? true : null,
      ...toldOf(options),
      ...NOTHING_CHANGED,
      ...NOTHING_RECORDED,
    });
    await session.setup();
    await session.warmup();
    await session.predict(1);
    return notFinite(await session.outputs());
  } finally {
    await server.close();
  }
}

/** The first output with NaN or an infinity; null if there is none. Integer outputs never have one. */
export function notFinite(outputs: readonly TensorValue[]): string | null {
  return outputs.find(holdsOther)?.name ?? null;
}

function holdsOther({ type, data }: TensorValue): boolean {
  if (!type.startsWith('float')) return false;
  // In float16, an exponent with all bits set means NaN or an infinity.
  if (type === 'float16') return tensorView('uint16', data).some((bits) => (Number(bits) & 0x7c00) === 0x7c00);
  return !(tensorView(type, data) as Float32Array | Float64Array).every(Number.isFinite);
}

const LONGEST = 160;

const causes: { readonly [Kind in HarnessFailure['kind']]: (failure: Extract<HarnessFailure, { kind: Kind }>) => string } = {
  operator: ({ operator }) => `lacks the operator ${operator}`,
  lost: ({ api }) => `the ${gpuApiTitles[api]} device was lost`,
  'no-device': ({ api }) => `this browser has no ${gpuApiTitles[api]}`,
  'too-large': ({ api }) => `needs more memory, or larger buffers, than ${gpuApiTitles[api]} gives`,
  'wasm-memory': () => 'most likely ran out of Wasm’s memory',
};

/** Why a try failed, as a short clause for a table. `explainFailure` also says what to do. */
export function shortReason(error: Error): string {
  if (error instanceof HarnessError) return causes[error.failure.kind](error.failure as never);
  if (error instanceof LimitError) return error.message;
  const line = error.message.replace(/^In the browser, /, '').split('\n', 1)[0]!;
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1).trimEnd()}…` : line;
}
