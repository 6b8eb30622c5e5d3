import { join } from 'node:path';
import { collectPage, type PageOptions } from '../../../collectors/page/collectPage.js';
import { type Progress, silent } from '../../../collectors/progress.js';
import type { PageManifest } from '../../../src/bundle/pageManifest.js';
import { readBundle } from '../../../src/bundle/readBundle.js';
import { readTraceOnDisk } from '../../../src/bundle/readTraceFile.js';

let count = 0;

/** Collects with short ends, and reads what came of it. */
export async function watching(
  root: string,
  source: PageOptions['source'],
  options: Partial<PageOptions> = {},
  durationMs: number | null = 3000,
  progress: Progress = silent,
) {
  const folder = join(root, `bundle-${++count}`);
  const result = await collectPage(
    {
      folder: () => folder,
      toolVersion: '0',
      source,
      mark: null,
      until: null,
      inferences: null,
      end: { durationMs, awaited: null, durationGiven: true },
      lastMs: null,
      baseline: null,
      counts: null,
      finished: new AbortController().signal,
      ...options,
    },
    progress,
    new AbortController().signal,
  );
  if (result.status === 'discarded') throw new Error(`discarded: ${result.reason}`);
  const bundle = await readBundle(folder);
  const trace = bundle.trace && (await readTraceOnDisk(bundle.trace));
  return { folder, result, bundle, manifest: bundle.manifest as PageManifest, trace };
}

/** Names of the threads that have samples, one per thread. */
export function sampledThreads(trace: NonNullable<Awaited<ReturnType<typeof watching>>['trace']>): string[] {
  const { samples, threads } = trace.tables;
  const rows = new Set(Array.from({ length: samples.length }, (_, row) => samples.columns.thread[row]!));
  return [...rows].map((row) => threads.columns.name.at(row)).sort();
}
