import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BundleWriter } from '../../src/bundle/bundleWriter.js';
import { type VisitEntry, type VisitLog, visitTrace } from '../../src/bundle/visitLog.js';
import { addEvents } from '../chromeTrace/addEvents.js';
import { pollingCount } from '../chromeTrace/polling.js';
import type { TraceRecording } from '../chromeTrace/recordTrace.js';
import { frameworkFolders } from '../frameworkPackages.js';
import { type FrameworkId, frameworkIds } from '../frameworks.js';

/**
 * Time that a page is left alone after its inferences. V8 hands compiled code to the cache once nothing was compiled for two seconds
 * (`--wasm-caching-timeout-ms`), and the browser then has to write it.
 * https://chromium.googlesource.com/v8/v8/+/refs/heads/main/src/wasm/module-compiler.cc (TriggerCachingAfterTimeout)
 */
export const REST_MS = 4000;

/** A log without visits yet. */
export async function beginLog(visitsAsked: number, ids: readonly FrameworkId[] = frameworkIds): Promise<VisitLog> {
  const folders = [...new Set(ids.flatMap((id) => Object.values(frameworkFolders(id))))];
  const builds = await Promise.all(folders.map(buildsIn));
  return { schema: 'inferscope.visits/1', visitsAsked, restMs: REST_MS, builds: builds.flat(), visits: [] };
}

async function buildsIn(folder: string): Promise<VisitLog['builds']> {
  const files = (await readdir(folder).catch(() => [])).filter((file) => file.endsWith('.wasm'));
  return Promise.all(files.map(async (file) => ({ file, bytes: (await stat(join(folder, file))).size })));
}

/** Ends the recording of a visit, and adds it to the log on disk. */
export async function keepVisit(
  recording: TraceRecording,
  visit: VisitEntry,
  log: VisitLog,
  writer: BundleWriter,
): Promise<void> {
  await mkdir(writer.visitsFolder, { recursive: true });
  const path = join(writer.visitsFolder, visitTrace(visit));
  await recording.stop(path);
  const polling = pollingCount();
  await addEvents(path, [], (event) => NOISE.has(event.name) || polling.drops(event));
  log.visits.push(visit);
  await writer.visits(log);
}

/** Much of the trace, and nothing that is asked of it. */
const NOISE: ReadonlySet<string> = new Set([
  'UpdateLayer',
  'RasterTask',
  'SetLayerTreeId',
  'BeginCommitCompositorFrame',
  'Receive mojo message',
  'SimpleWatcher::OnHandleReady',
  'EpollEvent',
]);

/** Gives an action a folder for a profile, and removes it afterwards. */
export async function withProfile<T>(action: (profile: string) => Promise<T>): Promise<T> {
  const profile = await mkdtemp(join(tmpdir(), 'inferscope-profile-'));
  try {
    return await action(profile);
  } finally {
    // Processes that end after the browser still write there.
    await rm(profile, { recursive: true, force: true, maxRetries: 10 }).catch(() => {});
  }
}
