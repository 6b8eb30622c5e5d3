import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { bisectFiles } from '../bundle/bisect.js';
import { bundleFiles } from '../bundle/bundleFiles.js';
import { studyFiles } from '../bundle/study.js';
import { UsageError } from './explain.js';

/**
 * Makes sure that a report does not replace what it is made from: an input, or a file of a bundle or a study that is one. Files are
 * compared as the system knows them, so neither a link nor another way to write the path gets around it.
 * @throws UsageError that names the file
 */
export async function refuseOverwriting(out: string, inputs: readonly string[], flag = '--out'): Promise<void> {
  const target = await identity(out);
  if (target === null) return;
  for (const input of inputs) {
    for await (const file of filesOf(input)) {
      if ((await identity(file)) !== target) continue;
      throw new UsageError(`${flag} ${out} is ${file}, which is read for the report. Name another file.`);
    }
  }
}

/** Device and number of a file or folder, links followed; null where there is none. */
async function identity(path: string): Promise<string | null> {
  // Resolved: a slash at the end would ask for a folder.
  const found = await stat(resolve(path), { bigint: true }).catch(() => null);
  return found && `${found.dev} ${found.ino}`;
}

/** The path itself, and what `analyze` reads below it if it is a bundle or a study. */
async function* filesOf(path: string): AsyncGenerator<string> {
  yield path;
  yield join(path, studyFiles.study);
  yield join(path, bisectFiles.bisect);
  yield* bundleFilesIn(path);
  for (const cell of await namesIn(join(path, studyFiles.runs))) {
    const rounds = join(path, studyFiles.runs, cell);
    for (const round of await namesIn(rounds)) yield* bundleFilesIn(join(rounds, round));
  }
}

async function* bundleFilesIn(folder: string): AsyncGenerator<string> {
  const { report, modules, ...files } = bundleFiles;
  yield* Object.values(files).map((name) => join(folder, name));
  yield* (await namesIn(join(folder, modules))).map((name) => join(folder, modules, name));
}

const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);
