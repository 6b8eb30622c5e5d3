import { z } from 'zod';
import type { ExportRole } from '../../src/bundle/exportRoles.js';
import type { PageManifest } from '../../src/bundle/pageManifest.js';
import { CollectError } from '../collectError.js';
import type { RealmLogs } from '../pageHook/hooked.js';
import type { Progress } from '../progress.js';
import { askBrowser } from '../protocolSession.js';
import { monotonicUs, NO_SCHEDULING } from '../scheduling/sampleScheduling.js';
import type { TraceWithSamples } from '../traceWithSamples.js';
import { askPage } from './askPage.js';
import { type HeapReadings, readHeaps } from './heapReadings.js';
import { keepFetchedModules, sampledModules } from './keepFetchedModules.js';
import { type CountInferences, pageHooks } from './pageHooks.js';
import type { PageRecord } from './pageRecord.js';
import type { PageTarget } from './pageTarget.js';
import { countRealms } from './realmsOfPage.js';
import { type PageRecording, recordPage } from './recordPage.js';
import { rolesOfExports } from './rolesOfExports.js';
import { type AwaitedTiming, type TimingWatch, unrecordedTimings, watchTiming } from './userTimings.js';
import { type EndOptions, waitForEnd } from './waitForEnd.js';

const PROGRESS_MS = 1000;
const TITLE_LIMIT = 4096;

const info = z.object({ targetInfo: z.object({ title: z.string() }) });

interface CountedInferences {
  readonly wanted: number;
  readonly count: CountInferences;
}

/** What is watched in a page, and what ends its recording. */
export interface WatchOptions {
  /** Name of the user timing that is an inference; null: unknown. */
  readonly mark: string | null;
  /** User timing that ends the recording; null: none. */
  readonly until: AwaitedTiming | null;
  /** Ends the recording after this number of inferences in the hooks' logs; null: they are not counted. */
  readonly inferences: CountedInferences | null;
  readonly end: EndOptions;
  /** Keeps only the last part of this length; null: all. */
  readonly lastMs: number | null;
  /** Aborted when the user ends the recording; the reason says how, e.g. "by a key". */
  readonly finished: AbortSignal;
}

export interface WatchedPage extends Pick<PageManifest, 'reason'> {
  readonly status: 'complete' | 'incomplete';
  readonly ended: string;
  /** What calls of an export are for, by its name. */
  readonly roles: ReadonlyMap<string, ExportRole>;
  /** Byte offsets in their modules of the Wasm functions that were sampled. */
  readonly sampledAt: ReadonlySet<number>;
  /** How long it was recorded, ms. */
  readonly tookMs: number;
}

/**
 * Records an open page, and writes everything recorded into its bundle.
 * @throws CollectError if recording did not begin; later failures are in the result
 */
export async function watchPage(
  target: PageTarget,
  options: WatchOptions,
  record: PageRecord,
  progress: Progress,
  signal: AbortSignal,
): Promise<WatchedPage> {
  const { manifest, writer, save } = record;
  const { until, lastMs } = options;
  if (target.opened === 'attached' && options.mark !== null) {
    manifest.page.unrecordedMs = [...(await unrecordedTimings(target.page, options.mark))];
  }
  const timings: TimingWatch[] = [];
  let markSeen = (): void => {};
  const seen = new Promise<void>((resolve) => {
    markSeen = resolve;
  });
  const countInferences = (logs: readonly RealmLogs[]): void => {
    const { inferences } = options;
    if (inferences === null) return;
    const count = inferences.count(
      logs.flatMap(({ wasm }) => wasm ?? []),
      logs.flatMap(({ gpu }) => gpu ?? []),
    );
    if (count >= inferences.wanted) markSeen();
  };
  // A page that is already running cannot be hooked: it already holds its Wasm functions and its GPU device.
  const hooks = manifest.page.fromStart ? pageHooks(countInferences, () => askBrowser(target.browser)) : null;
  const listen = (session: PageTarget['page'], type: string): void => {
    if (until) timings.push(watchTiming(session, type, until, !manifest.page.fromStart, markSeen));
  };
  const realms = countRealms();
  const heaps = readHeaps();
  const recording = await recordPage(target, lastMs, async (session, type, ended, url) => {
    realms.made(type, url);
    heaps.watch(session, type, url, ended);
    listen(session, type);
    await hooks?.hold(session, type, ended);
  });
  let startUs = monotonicUs();
  if (hooks) {
    await hooks.hold(target.page, 'page');
    progress.step('Opening the page');
    recording.leave();
    hooks.leave();
    realms.leave();
    heaps.leave();
    // What the blank document did before is not part of the page.
    startUs = monotonicUs();
    try {
      manifest.page.notes.push(...(await unlessInterrupted(target, target.begin(), signal)));
    } catch (error) {
      heaps.stop();
      await recording.stopSampling();
      throw error;
    }
  }
  listen(target.page, 'page');
  heaps.watch(target.page, 'page', target.url);
  progress.step('Recording');
  const beganMs = performance.now();
  const ticker = setInterval(() => {
    const { durationMs } = options.end;
    const passedMs = performance.now() - beganMs;
    progress.advance(durationMs === null ? null : passedMs / durationMs, `${Math.round(passedMs / 1000)} s`);
  }, PROGRESS_MS);
  const end = await waitForEnd(options.end, { stopped: signal, finished: options.finished, gone: target.gone, seen });
  const tookMs = performance.now() - beganMs;
  clearInterval(ticker);

  progress.step('Writing the bundle');
  const endUs = monotonicUs();
  // On Linux, both Chrome's trace clock and Node's clock are the system's monotonic clock.
  if (target.isHere && process.platform === 'linux')
    manifest.recorded = { startUs: lastMs === null ? startUs : Math.max(startUs, endUs - lastMs * 1000), endUs };
  if (manifest.page.title === '') manifest.page.title = await titleOf(target);
  await Promise.all(timings.map((timing) => timing.stop()));
  await recording.stopSampling();
  const roles = hooks ? await rolesOfExports(target.page, recording.profiles()) : new Map<string, ExportRole>();
  const sampled = sampledModules(recording.profiles());
  const sampledAt = new Set([...sampled.values()].flatMap((functions) => functions.map(({ byteOffset }) => byteOffset)));
  if (hooks) await hooks.keep(record, roles);
  else {
    const detail = 'The page ran already. Record it with --reload to see its calls.';
    for (const name of ['wasm', 'gpu']) manifest.collectors[name] = { outcome: 'unavailable', detail };
    await keepFetchedModules(record, target.page, sampled);
  }
  manifest.realms = await realms.read(target);
  manifest.state = await askPage(target.page);
  const scheduling = recording.scheduling();
  if (scheduling) await writer.scheduling(scheduling);
  manifest.collectors.scheduling = scheduling
    ? { outcome: 'done', detail: `${scheduling.threads.length} threads sampled` }
    : { outcome: 'unavailable', detail: noScheduling(target) };
  const lost = await keepTrace(record, recording);
  await keepHeaps(record, heaps);
  await save();
  const reason = end.reason ?? (lost === null ? null : `The trace was lost: ${lost}`);
  return { status: reason === null ? 'complete' : 'incomplete', reason, ended: end.ended, roles, sampledAt, tookMs };
}

/** Garbage is collected for it, so it comes when nothing is recorded any more, and the hooks’ logs are gone from the page. */
async function keepHeaps({ manifest, writer }: PageRecord, heaps: HeapReadings): Promise<void> {
  heaps.stop();
  if (!manifest.recorded) {
    const detail = 'Heaps are read on the clock of a trace that was recorded on this machine, which is a Linux.';
    manifest.collectors.heaps = { outcome: 'unavailable', detail };
    return;
  }
  const log = await heaps.collected(manifest.recorded);
  if (log.realms.length > 0) await writer.heaps(log);
  manifest.collectors.heaps = { outcome: 'done', detail: `${log.realms.length} threads read` };
}

/** @returns why the trace was lost, as a sentence; null if it was not */
async function keepTrace({ manifest, writer }: PageRecord, recording: PageRecording): Promise<string | null> {
  const urls = manifest.modules.map(({ url }) => url);
  const keep = ({ trace, samples }: TraceWithSamples): void => {
    manifest.trace = trace;
    manifest.collectors.samples = samples;
  };
  try {
    keep(await recording.writeTrace(writer.tracePath, urls));
    manifest.collectors.trace = { outcome: 'done', detail: `${manifest.trace!.compressedBytes} bytes compressed` };
    return null;
  } catch (error) {
    const { message } = error as Error;
    manifest.collectors.trace = { outcome: 'failed', detail: message };
    const rest = await recording.writeSamples(writer.tracePath, urls).catch(() => null);
    if (rest) keep(rest);
    return message;
  }
}

/** The browser's title of the page, without asking the page; empty if the page is gone. */
async function titleOf({ page }: PageTarget): Promise<string> {
  const answer = await page.send('Target.getTargetInfo').catch(() => null);
  return info.safeParse(answer).data?.targetInfo.title.slice(0, TITLE_LIMIT) ?? '';
}

const noScheduling = ({ isHere }: PageTarget): string =>
  isHere
    ? NO_SCHEDULING
    : 'The browser may be on another machine, so the system was not asked how long its threads waited for a core.';

/** Waits for work. @throws CollectError if the page is gone, or the user stops, before the work is done */
async function unlessInterrupted<T>({ gone }: PageTarget, work: Promise<T>, signal: AbortSignal): Promise<T> {
  let onAbort = (): void => {};
  const interrupted = new Promise<never>((_, reject) => {
    onAbort = () => reject(new CollectError(`Stopped by ${String(signal.reason)} before the page was open.`));
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    gone.then((why) => reject(new CollectError(`It ended before the page was open: ${why}.`)));
  });
  work.catch(() => {});
  interrupted.catch(() => {});
  try {
    return await Promise.race([work, interrupted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
