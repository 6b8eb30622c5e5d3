import type { Asked } from '../../src/bundle/asked.js';
import type { CollectResult } from '../collectResult.js';
import type { Progress } from '../progress.js';
import { type AttachedSource, attachPage } from './attachPage.js';
import { countedVisit } from './countedVisit.js';
import { launchPage } from './launchPage.js';
import type { FindInferences } from './pageHooks.js';
import { type PageRecord, startPageRecord } from './pageRecord.js';
import { pageVisits } from './pageVisits.js';
import { type PageBaseline, timeNatively } from './timeNatively.js';
import { endOf } from './waitForEnd.js';
import { type WatchOptions, watchPage } from './watchPage.js';

export interface PageOptions extends WatchOptions {
  /** The bundle's folder, from the address of the page; created if missing. */
  folder(url: string): string;
  readonly toolVersion: string;
  /** The options by which it can be collected again, beside its address. */
  readonly asked?: Asked;
  /** A URL to open in a browser that we launch, or a tab of an open one. */
  readonly source: { readonly url: string } | AttachedSource;
  /** Switches for V8 in the browser that we launch; absent: none. */
  readonly v8Flags?: readonly string[];
  /** Times that the page is opened in one profile after the recording; absent: it is not. */
  readonly visits?: number;
  /** The page's model, to be timed natively after the recording; null: unknown. */
  readonly baseline: PageBaseline | null;
  /** Counts what the page's Wasm executes, in another visit after the recording; null: it does not. */
  readonly counts: FindInferences | null;
}

/**
 * Records a page and writes a bundle of it.
 *
 * Failures after recording has begun are not thrown. The result and the bundle report them, with everything recorded before.
 * @throws AttachError, CollectError or BundleError before that; then there is no bundle
 */
export async function collectPage(options: PageOptions, progress: Progress, signal: AbortSignal): Promise<CollectResult> {
  const record = await recordedPage(options, progress, signal);
  const { manifest } = record;
  const holds = contents(record);
  if (holds === '') {
    await record.writer.discard();
    return { status: 'discarded', reason: manifest.reason, holds };
  }
  await record.save();
  if (options.visits !== undefined && 'url' in options.source && !signal.aborted)
    await pageVisits(record, { ...options, url: options.source.url, visits: options.visits }, progress, signal);
  // Only after the page's browser has ended or been detached: a computing page would slow the native run down.
  if (options.baseline && !signal.aborted) await timeNatively(record, options.baseline, progress, signal);
  const status = manifest.status === 'complete' ? 'complete' : 'incomplete';
  return { status, reason: manifest.reason, holds: contents(record) };
}

async function recordedPage(options: PageOptions, progress: Progress, signal: AbortSignal): Promise<PageRecord> {
  const { source, v8Flags } = options;
  const launched = 'url' in source;
  if (launched) progress.step('Starting the browser');
  const target = await (launched
    ? launchPage(source.url, progress, { ...(v8Flags && { v8Flags }) })
    : attachPage(source, progress, signal));
  try {
    for (const note of target.notes) progress.note(note);
    const record = await startPageRecord(options.folder(target.url), options.toolVersion, target, {
      fromStart: launched || source.reload,
      mark: options.mark,
      until: endOf(options.end),
    });
    record.manifest.asked = options.asked ?? [];
    try {
      const { status, reason, ended, roles, sampledAt, tookMs } = await watchPage(target, options, record, progress, signal);
      Object.assign(record.manifest, { status, reason });
      record.manifest.page.ended = ended;
      if (options.counts && status === 'complete') {
        await record.save();
        await countedVisit(target, record, { find: options.counts, roles, sampledAt, recordedMs: tookMs }, progress, signal);
      }
      return record;
    } catch (error) {
      await record.writer.discard();
      throw error;
    }
  } finally {
    await target.close();
  }
}

function contents({ manifest }: PageRecord): string {
  return [
    manifest.collectors.trace?.outcome === 'done' ? 'a trace' : '',
    manifest.collectors.samples?.outcome === 'done' ? manifest.collectors.samples.detail : '',
    manifest.collectors.counts?.outcome === 'done' ? manifest.collectors.counts.detail : '',
    manifest.modules.length > 0 ? `${manifest.modules.length} Wasm modules` : '',
    manifest.collectors.visits?.outcome === 'done' ? manifest.collectors.visits.detail : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}
