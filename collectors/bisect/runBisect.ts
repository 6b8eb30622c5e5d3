import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Bisect, type BuildComparison, bisectFiles } from '../../src/bundle/bisect.js';
import { comparisonOf, nextStep } from '../../src/bundle/bisectSearch.js';
import { refuseLinks } from '../../src/bundle/refuseLinks.js';
import { buildRatio, buildVerdict } from '../../src/stats/buildRatio.js';
import { BuildLack } from '../builds/buildError.js';
import type { BuildFolders } from '../builds/publishedBuild.js';
import type { RunResult } from '../collectRun.js';
import { BisectError } from './bisectError.js';
import type { BuildPair, ComparedBuilds } from './compareBuilds.js';
import { saveBisect } from './openBisect.js';

/** What a search is made of; tests replace it. */
export interface BisectRunner {
  readonly folder: string;
  /** Time that one comparison may take, ms. */
  readonly budgetMs: number;
  /** Gives a build. @throws BuildLack if it cannot be run */
  build(version: string): Promise<BuildFolders>;
  /** Adds replicates to a comparison, and saves after each. */
  compare(pair: BuildPair, comparison: BuildComparison, budgetMs: number, keep: () => Promise<void>): Promise<ComparedBuilds>;
  /** Records a whole bundle of a build. */
  record(build: BuildFolders, folder: string): Promise<Pick<RunResult, 'status' | 'reason'>>;
  readonly watcher: BisectWatcher;
  readonly signal: AbortSignal;
}

export interface BisectWatcher {
  /** @param number of the comparison, from 1 */
  compares(version: string, against: string, number: number): void;
  records(version: string): void;
  skips(version: string, reason: string): void;
}

/** It may hold a page's text. */
const REASON_LIMIT = 1000;

/**
 * Takes step by step what is left of a search, and keeps `bisect.json` up to date, until nothing is left or the signal aborts. What was
 * measured stays.
 * @throws BisectError if the build that others are compared with does not run
 * @throws BundleError if something cannot be written
 */
export async function runBisect(bisect: Bisect, runner: BisectRunner): Promise<void> {
  const { budgetMs, signal, folder } = runner;
  // Where more time is given than it had, what could not be told is measured on.
  for (const comparison of bisect.comparisons) {
    const isOpen = buildVerdict(buildRatio(comparison.replicates), bisect.plan.limit) === 'undecided';
    if (isOpen && (comparison.budgetMs ?? 0) < budgetMs) comparison.budgetMs = null;
  }
  while (!signal.aborted) {
    const step = nextStep(bisect);
    if (step === null) break;
    try {
      if (step.do === 'compare') await compare(bisect, step.version, step.against, runner);
      else await record(bisect, step.version, runner);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    await saveBisect(folder, bisect);
  }
}

async function compare(bisect: Bisect, version: string, against: string, runner: BisectRunner): Promise<void> {
  const { budgetMs, watcher, signal, folder } = runner;
  const lacks = (reason: string): void => {
    bisect.comparisons = bisect.comparisons.filter((one) => one.version !== version || one.against !== against);
    bisect.skipped.push({ version, reason: reason.slice(0, REASON_LIMIT) });
    watcher.skips(version, reason);
  };
  const done = bisect.comparisons.filter((each) => each.budgetMs !== null).length;
  watcher.compares(version, against, done + 1);
  const reference = await runner.build(against).catch((error: Error) => {
    if (!(error instanceof BuildLack)) throw error;
    throw new BisectError(`${against} is what others are compared with, and cannot be run: ${error.message}.`);
  });
  const candidate = await runner.build(version).catch((error: Error) => {
    if (!(error instanceof BuildLack)) throw error;
    lacks(error.message);
    return null;
  });
  if (candidate === null || signal.aborted) return;
  const known = comparisonOf(bisect, version, against);
  const comparison: BuildComparison = known ?? { version, against, replicates: [], outputs: null, tookMs: 0, budgetMs: null };
  if (!known) bisect.comparisons.push(comparison);
  const before = comparison.tookMs;
  const startedMs = performance.now();
  const took = (): number => before + performance.now() - startedMs;
  const keep = async (): Promise<void> => {
    comparison.tookMs = took();
    await saveBisect(folder, bisect);
  };
  // A replicate that was interrupted is lost, and its time with it.
  const leftMs = Math.max(budgetMs - before, 1);
  const result = await runner.compare({ reference, candidate }, comparison, leftMs, keep);
  bisect.browser ??= result.browser;
  if (result.lack !== null && against === bisect.plan.builds[0]) return lacks(result.lack);
  comparison.tookMs = took();
  comparison.budgetMs = Math.max(budgetMs, comparison.tookMs);
}

async function record(bisect: Bisect, version: string, { folder, build, record, watcher, signal }: BisectRunner): Promise<void> {
  watcher.records(version);
  const bundle = join(folder, bisectFiles.runs, version);
  await refuseLinks(folder, bisectFiles.runs, version);
  const { status, reason } = await record(await build(version), bundle);
  if (signal.aborted && status !== 'complete') return rm(bundle, { recursive: true, force: true });
  bisect.runs.push({ version, status, reason: reason?.slice(0, REASON_LIMIT) ?? null });
}
