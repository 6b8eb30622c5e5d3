import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { requireBrowser } from '../../../collectors/browser/findBrowser.js';
import { collectRun } from '../../../collectors/collectRun.js';
import { freshStudy } from '../../../collectors/study/freshStudy.js';
import { openStudy } from '../../../collectors/study/openStudy.js';
import { readStudyFile, type StudyFile } from '../../../collectors/study/readStudyFile.js';
import { type RunCell, runStudy } from '../../../collectors/study/runStudy.js';
import { passesOf, remainingRuns } from '../../../collectors/study/studyOrder.js';
import { ModelError } from '../../../models/modelError.js';
import type { Study } from '../../bundle/study.js';
import { toolVersion } from '../../packageRoot.js';
import { inertJson } from '../../text/inertJson.js';
import { inertText } from '../../text/inertText.js';
import { formatPlural } from '../../view/format.js';
import { TRACES_FOLDER } from '../bundleFolder.js';
import { drawProgress } from '../drawProgress.js';
import { exitCodes, UsageError } from '../explain.js';
import type { Command } from '../lazyCommand.js';
import { requirePackages } from '../requirePackages.js';
import { STUDIES_FOLDER, STUDY_EXTENSION, shippedStudies } from '../shippedStudies.js';
import { interruptible } from '../stopping.js';
import { type ResolvedStudyModel, studyModels } from '../studyModels.js';
import { watchStudy } from '../watchStudy.js';
import { workloadOf } from '../workloadOf.js';

interface StudyArguments {
  file: string;
  out: string | undefined;
  'retry-failed': boolean;
  json: boolean;
  quiet: boolean;
}

export const studyCommand: Command<StudyArguments> = {
  builder: (yargs) =>
    yargs
      .positional('file', {
        type: 'string',
        demandOption: true,
        describe: 'A study file (YAML), or the name of one that comes with Inferscope: quick, paper',
      })
      .option('out', {
        type: 'string',
        requiresArg: true,
        describe: `Folder of the study; by default ${TRACES_FOLDER}/study-<name>. If the study was begun there, it goes on`,
      })
      .option('retry-failed', { type: 'boolean', default: false, describe: 'Run again what failed before' })
      .option('json', { type: 'boolean', default: false, describe: 'Print study.json at the end' })
      .option('quiet', { type: 'boolean', default: false, describe: 'Say nothing but errors and the result' }),
  async handler({ file: nameOrPath, out, 'retry-failed': retryFailed, json, quiet }) {
    const file = await readStudyFile(findStudyFile(nameOrPath));
    const models = await studyModels(file);
    const fresh = await freshStudy(file, models, toolVersion());
    // Without a framework or a browser every run would fail.
    requirePackages(fresh.cells);
    requireBrowser();
    const folder = out ?? join(TRACES_FOLDER, `study-${file.plan.name}`);
    const stop = interruptible();
    const { work: study, resumed, close } = await openStudy(folder, fresh, { retryFailed });
    if (!quiet) for (const line of studyOpening(folder, study, resumed)) say(line);
    const progress = await drawProgress({ quiet });
    try {
      await runStudy(study, {
        folder,
        run: studyRun(file, models),
        limitMs: file.plan.limit,
        watcher: watchStudy(progress, study.rounds),
        signal: stop.signal,
      });
    } finally {
      progress.end(false);
      await close();
    }
    process.stdout.write(json ? `${inertJson(study)}\n` : `${folder}\n`);
    const left = remainingRuns(study).length;
    if (left > 0) {
      say(`trace: stopped by ${stop.signal.reason}, with ${formatPlural(left, 'run')} left. The same command goes on from here.`);
      process.exitCode = stop.exitCode() ?? exitCodes.failed;
      return;
    }
    if (!quiet) say(studyClosing(folder, study));
    if (study.runs.every(({ outcome }) => outcome === 'failed')) process.exitCode = exitCodes.failed;
  },
};

const LINE_LIMIT = 1000;
const say = (line: string): void => void process.stderr.write(`${inertText(line, LINE_LIMIT)}\n`);

/**
 * The study file that the user names: a study that comes with Inferscope, or a path.
 * @throws UsageError if it is neither
 */
export function findStudyFile(nameOrPath: string): string {
  const names = shippedStudies();
  if (names.includes(nameOrPath)) return join(STUDIES_FOLDER, `${nameOrPath}${STUDY_EXTENSION}`);
  if (existsSync(nameOrPath)) return nameOrPath;
  throw new UsageError(
    `There is no study file ${nameOrPath}. Give the path of one, or one of those that come with Inferscope: ${names.join(', ')}.`,
  );
}

/** Runs a study's cell in the same way as `trace collect`, with the passes of its round. */
function studyRun({ plan }: StudyFile, models: ReadonlyMap<string, ResolvedStudyModel>): RunCell {
  return async (cell, round, folder, progress, signal) => {
    const { nameOrPath, shapes } = models.get(cell.model)!;
    const { iterations, seed } = plan;
    try {
      const workload = await workloadOf({ ...cell, model: nameOrPath, shapes, isolated: true, iterations, seed });
      return await collectRun({ ...workload, folder, ...passesOf(plan, round), ladder: null }, progress, signal);
    } catch (error) {
      // A model that is not available is a result of the run; a full disk is not.
      if (!(error instanceof ModelError)) throw error;
      return { status: 'discarded', reason: error.message, timed: false };
    }
  };
}

/** What a study will run, and what of its file it excludes and why; one line each. */
function studyOpening(folder: string, { name, cells, rounds, order, runs, excluded }: Study, resumed: boolean): string[] {
  const first = resumed
    ? `Going on with the study ${name} in ${folder}: ${runs.length} of ${formatPlural(order.length, 'run')} have ended.`
    : `Study ${name}: ${formatPlural(cells.length, 'combination')} in ${formatPlural(rounds, 'round')}, ${formatPlural(order.length, 'run')}, in ${folder}.`;
  const leftOut = new Map<string, number>();
  for (const { reason } of excluded) leftOut.set(reason, (leftOut.get(reason) ?? 0) + 1);
  return [first, ...[...leftOut].map(([reason, count]) => `Left out: ${formatPlural(count, 'combination')}, since ${reason}.`)];
}

/** The result of a complete study, and what to do next. */
function studyClosing(folder: string, { runs, order }: Study): string {
  const failed = runs.filter(({ outcome }) => outcome === 'failed').length;
  const skipped = order.length - runs.length;
  const untried =
    skipped > 0 ? `, and ${skipped} in later rounds were not tried, their combination having failed in the first` : '';
  const failures = failed > 0 ? ` ${failed} failed${untried}; study.json says why, and --retry-failed runs them again.` : '';
  return `The study is complete: ${formatPlural(runs.length - failed, 'run')} done.${failures} Next: trace analyze ${folder}`;
}
