import { join } from 'node:path';
import { requireBrowser } from '../../../collectors/browser/requireBrowser.js';
import { freshStudy } from '../../../collectors/study/freshStudy.js';
import { openStudy } from '../../../collectors/study/openStudy.js';
import { readStudyFile } from '../../../collectors/study/readStudyFile.js';
import { remainingRuns } from '../../../collectors/study/remainingRuns.js';
import { runStudy } from '../../../collectors/study/runStudy.js';
import { inertText } from '../../text/inertText.js';
import { toolVersion } from '../../toolVersion.js';
import { formatPlural } from '../../view/format.js';
import { drawProgress } from '../drawProgress.js';
import { exitCodes } from '../exitCodes.js';
import { findStudyFile } from '../findStudyFile.js';
import { interruptible } from '../interruptible.js';
import type { Command } from '../lazyCommand.js';
import { studyClosing } from '../studyClosing.js';
import { studyModels } from '../studyModels.js';
import { studyOpening } from '../studyOpening.js';
import { studyRun } from '../studyRun.js';
import { TRACES_FOLDER } from '../tracesFolder.js';
import { watchStudy } from '../watchStudy.js';

interface StudyArguments {
  file: string;
  out: string | undefined;
  retryFailed: boolean;
  json: boolean;
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
      .option('retryFailed', { type: 'boolean', default: false, describe: 'Run again what failed before' })
      .option('json', { type: 'boolean', default: false, describe: 'Print study.json at the end' }),
  async handler({ file: nameOrPath, out, retryFailed, json }) {
    const file = await readStudyFile(findStudyFile(nameOrPath));
    const models = await studyModels(file);
    const fresh = await freshStudy(file, models, toolVersion());
    // Without it every run would fail.
    requireBrowser();
    const folder = out ?? join(TRACES_FOLDER, `study-${file.plan.name}`);
    const stop = interruptible();
    const { study, resumed, close } = await openStudy(folder, fresh, { retryFailed });
    for (const line of studyOpening(folder, study, resumed)) say(line);
    const progress = await drawProgress();
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
    process.stdout.write(json ? `${JSON.stringify(study, null, 2)}\n` : `${folder}\n`);
    const left = remainingRuns(study).length;
    if (left > 0) {
      say(`trace: stopped by ${stop.signal.reason}, with ${formatPlural(left, 'run')} left. The same command goes on from here.`);
      process.exitCode = stop.exitCode() ?? exitCodes.failed;
      return;
    }
    say(studyClosing(folder, study));
    if (study.runs.every(({ outcome }) => outcome === 'failed')) process.exitCode = exitCodes.failed;
  },
};

const LINE_LIMIT = 1000;
const say = (line: string): void => void process.stderr.write(`${inertText(line, LINE_LIMIT)}\n`);
