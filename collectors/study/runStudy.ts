import { setMaxListeners } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { refuseLinks } from '../../src/bundle/refuseLinks.js';
import { type Study, type StudyCell, type StudyRun, studyFiles } from '../../src/bundle/study.js';
import type { RunResult } from '../collectRun.js';
import type { Progress } from '../progress.js';
import { saveStudy } from './openStudy.js';
import { remainingRuns, type TimeLeft, timeLeft } from './studyOrder.js';

/** Runs a cell once, and writes its bundle to the folder. @throws only errors that end the study */
export type RunCell = (
  cell: StudyCell,
  round: number,
  folder: string,
  progress: Progress,
  signal: AbortSignal,
) => Promise<Pick<RunResult, 'status' | 'reason' | 'timed'>>;

export interface BegunRun {
  /** Position among all planned runs, from 1. */
  readonly number: number;
  readonly of: number;
  readonly cell: StudyCell;
  readonly round: number;
  /** Estimate for this run and those after it; null before the first has finished. */
  readonly left: TimeLeft | null;
}

/** Observes the progress of a study. */
export interface StudyWatcher {
  /** @returns the progress reporter of the run */
  begins(run: BegunRun): Progress;
  ends(run: StudyRun): void;
}

export interface StudyRunner {
  readonly folder: string;
  readonly run: RunCell;
  /**
   * Longest duration of one run, ms. A longer run is stopped. It counts as failed unless its predictions had already been timed.
   */
  readonly limitMs: number;
  readonly watcher: StudyWatcher;
  readonly signal: AbortSignal;
}

/** It may contain a page's text. */
const REASON_LIMIT = 4000;

/**
 * Runs the remaining runs of a study one after the other, and keeps `study.json` up to date. It ends when all are done or the
 * signal aborts. A run that the signal interrupts leaves nothing, and is not in the study.
 * @throws BundleError if something cannot be written
 */
export async function runStudy(study: Study, { folder, run, limitMs, watcher, signal }: StudyRunner): Promise<void> {
  const cells = new Map(study.cells.map((cell) => [cell.id, cell]));
  while (!signal.aborted) {
    const remaining = remainingRuns(study);
    const [next] = remaining;
    if (!next) return;
    const { round } = next;
    const cell = cells.get(next.cell)!;
    const of = study.runs.length + remaining.length;
    const progress = watcher.begins({ number: study.runs.length + 1, of, cell, round, left: timeLeft(study) });
    const startedAt = new Date().toISOString();
    const startedMs = performance.now();
    const bundle = join(folder, studyFiles.runs, cell.id, String(round));
    await refuseLinks(folder, studyFiles.runs, cell.id, String(round));
    const { status, reason, timed, tooLong } = await withinLimit(limitMs, signal, (stop) =>
      run(cell, round, bundle, progress, stop),
    );
    if (signal.aborted && status !== 'complete') {
      await rm(bundle, { recursive: true, force: true });
      return;
    }
    const outcome = status === 'complete' || (tooLong && timed) ? 'done' : 'failed';
    const tookMs = performance.now() - startedMs;
    const ended: StudyRun = { cell: cell.id, round, outcome, reason: reason?.slice(0, REASON_LIMIT) ?? null, startedAt, tookMs };
    study.runs.push(ended);
    await saveStudy(folder, study);
    watcher.ends(ended);
  }
}

async function withinLimit(
  limitMs: number,
  signal: AbortSignal,
  run: (stop: AbortSignal) => ReturnType<RunCell>,
): Promise<Awaited<ReturnType<RunCell>> & { readonly tooLong: boolean }> {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  const stop = (): void => controller.abort(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  let tooLong = false;
  const timer = setTimeout(() => {
    tooLong = true;
    controller.abort('its limit');
  }, limitMs);
  try {
    const result = await run(controller.signal);
    if (!tooLong || result.status === 'complete') return { ...result, tooLong };
    const reason = `It took longer than the study’s limit of ${limitMs / 1000} s for one run, and was stopped`;
    return { ...result, tooLong, reason: `${reason}${result.timed ? ' when its predictions had been timed' : ''}.` };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}
