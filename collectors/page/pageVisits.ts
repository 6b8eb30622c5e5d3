import { setTimeout as sleep } from 'node:timers/promises';
import type { VisitLog } from '../../src/bundle/visitLog.js';
import { plural } from '../../src/view/format.js';
import type { GpuUse } from '../browser/switches.js';
import { recordTrace, VISIT_CATEGORIES } from '../chromeTrace/recordTrace.js';
import type { Progress } from '../progress.js';
import { beginLog, keepVisit, REST_MS, withProfile } from '../visits/visitLog.js';
import { launchPage } from './launchPage.js';
import type { PageRecord } from './pageRecord.js';
import { type TimingWatch, watchTiming } from './userTimings.js';
import { waitForEnd } from './waitForEnd.js';
import type { WatchOptions } from './watchPage.js';

interface VisitOptions extends Pick<WatchOptions, 'until' | 'end' | 'finished'> {
  readonly url: string;
  readonly visits: number;
}

/** A visit does not last longer: most of it would be the same again. */
const LONGEST_MS = 60_000;
const USUAL_MS = 10_000;

/**
 * Opens a page several times in one profile, each time in a browser of its own, as long as it was recorded before. Nothing is hooked, as
 * what stands between the page and WebAssembly keeps compiled code out of the cache. If it fails, the recording has not failed.
 */
export async function pageVisits(
  record: PageRecord,
  options: VisitOptions,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  const { manifest, save } = record;
  progress.step('Opening the page again and again in one profile');
  const log = await beginLog(options.visits);
  try {
    await withProfile(async (profile) => {
      for (let number = 1; number <= options.visits && !options.finished.aborted; number++) {
        progress.advance((number - 1) / options.visits, `visit ${number} of ${options.visits}`);
        await visit(number, profile, record, options, log, progress, signal);
      }
    });
    manifest.collectors.visits = { outcome: 'done', detail: contents(log) };
  } catch (error) {
    const before = log.visits.length > 0 ? ` after ${contents(log)}` : '';
    const detail = `The start of the page could not be recorded to its end${before}: ${(error as Error).message}`;
    progress.note(detail);
    manifest.collectors.visits = { outcome: 'failed', detail };
  }
  await save();
}

const contents = ({ visits }: VisitLog): string => `${plural(visits.length, 'visit')} of the page in a profile`;

async function visit(
  number: number,
  profile: string,
  { manifest, writer }: PageRecord,
  { url, until, end, finished }: VisitOptions,
  log: VisitLog,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  const gpu: GpuUse = manifest.browser?.softwareRendering === false ? 'hardware' : 'software';
  const target = await launchPage(url, { ...progress, note: () => {} }, { profile, gpu });
  let timing: TimingWatch | null = null;
  try {
    const recording = await recordTrace(target.browser, VISIT_CATEGORIES);
    await target.begin();
    const seen = new Promise<void>((resolve) => {
      if (until) timing = watchTiming(target.page, 'page', until, false, resolve);
    });
    const { recorded } = manifest;
    const lastedMs = recorded ? (recorded.endUs - recorded.startUs) / 1000 : USUAL_MS;
    const durationMs = Math.min(until ? (end.durationMs ?? LONGEST_MS) : lastedMs, LONGEST_MS);
    await waitForEnd({ ...end, durationMs }, { stopped: signal, finished, gone: target.gone, seen });
    await (timing as TimingWatch | null)?.stop();
    signal.throwIfAborted();
    await sleep(REST_MS, undefined, { signal });
    await keepVisit(recording, { series: 'as-served', number, setupMs: null, warmupMs: null, predictions: 0 }, log, writer);
  } finally {
    await target.close();
  }
}
