import { join } from 'node:path';
import { analyze } from '../analyzers/index.js';
import type { CloseLook, StudyInput, StudyRunInput } from '../analyzers/study/studyInput.js';
import { BundleError } from './bundle/bundleFiles.js';
import { readBundle } from './bundle/readBundle.js';
import { readStudy } from './bundle/readStudy.js';
import type { ReadLimits } from './bundle/readTrace.js';
import { type StudyRun, studyFiles } from './bundle/study.js';
import { loadInput } from './loadInput.js';
import { toolVersion } from './packageRoot.js';
import { TraceError } from './trace/traceError.js';
import { DecodedModules } from './wasm/decodedModules.js';

export interface LoadStudyOptions extends ReadLimits {
  /** How many of its bundles have been read, and which one is next. */
  readonly onProgress?: (progress: { readonly read: number; readonly of: number; readonly next: string }) => void;
}

/**
 * Reads a study's folder: the latencies of every finished run, and one run of each cell in full. Runs are read one at a time, and
 * only small parts of a full analysis are kept, so that memory does not grow with the traces. A bundle that cannot be read is
 * noted, and the others are still read.
 * @throws BundleError if there is no study there, or it is broken
 */
export async function loadStudy(folder: string, { onProgress, ...limits }: LoadStudyOptions = {}): Promise<StudyInput> {
  const study = await readStudy(folder);
  const last = new Map(study.runs.map((run) => [`${run.cell} ${run.round}`, run]));
  const done = [...last.values()].filter(({ outcome }) => outcome === 'done').sort((a, b) => a.round - b.round);
  const runs: StudyRunInput[] = [];
  const unreadable: { cell: string; round: number; problem: string }[] = [];
  const unsplit: { cell: string; round: number; problem: string }[] = [];
  const close = new Map<string, CloseLook>();
  const decoded = new DecodedModules();
  for (const [read, run] of done.entries()) {
    const path = join(folder, studyFiles.runs, run.cell, String(run.round));
    onProgress?.({ read, of: done.length, next: `${run.cell}, round ${run.round}` });
    const bundle = await orProblem(() => readBundle(path));
    if (typeof bundle === 'string') {
      unreadable.push({ cell: run.cell, round: run.round, problem: bundle });
      continue;
    }
    const { manifest, baseline, trace, kernels, qoe, accuracy } = bundle;
    if (manifest.schema !== 'inferscope.run/1') {
      unreadable.push({
        cell: run.cell,
        round: run.round,
        problem: `${path} is the recording of a page, and no run of a study.`,
      });
      continue;
    }
    runs.push({ cell: run.cell, round: run.round, manifest, baseline });
    const hasMore = [trace, kernels, qoe, accuracy].some((log) => log !== null);
    if (close.has(run.cell) || !hasMore) continue;
    const look = await orProblem(() => lookClosely(path, run, decoded, limits));
    if (typeof look === 'string') unsplit.push({ cell: run.cell, round: run.round, problem: look });
    else close.set(run.cell, look);
  }
  return { name: folder, toolVersion: toolVersion(), study, runs, unreadable, unsplit, close: [...close.values()] };
}

/** The result or, if a file of a bundle is invalid, the message that says what is wrong. */
async function orProblem<T>(read: () => Promise<T>): Promise<T | string> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof BundleError || error instanceof TraceError) return error.message;
    throw error;
  }
}

async function lookClosely(
  path: string,
  { cell, round }: StudyRun,
  decoded: DecodedModules,
  limits: ReadLimits,
): Promise<CloseLook> {
  const { run, gpu, partition, memory, qoe, accuracy, kernelTotals, placement, notes } = analyze(
    await loadInput(path, { ...limits, operatorTrace: false }),
    decoded,
  );
  const device = gpu?.devices.find(({ api }) => api === run?.backend);
  return { cell, round, partition, memory, qoe, accuracy, kernelTotals, placement, notes, softwareGpu: device?.software ?? null };
}
