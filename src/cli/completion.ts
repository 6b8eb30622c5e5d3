import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { CommandModule } from 'yargs';
import { bundleFiles } from '../bundle/bundleFiles.js';
import { studyFiles } from '../bundle/study.js';
import { TRACES_FOLDER } from './bundleFolder.js';
import { COMPLETION_FLAG as FLAG } from './completionFlag.js';
import type { LazyCommand } from './lazyCommand.js';
import { shippedStudies } from './shippedStudies.js';

const nameOf = ({ command }: LazyCommand): string => command.split(' ')[0]!;

/** The commands, with the options of the one that is completed: yargs waits for no file while it completes. */
export async function withOptions(commands: readonly LazyCommand[], words: readonly string[]): Promise<CommandModule[]> {
  const asked = words.slice(words.indexOf(FLAG) + 1);
  const found = commands.find((command) => asked.includes(nameOf(command)));
  const builder = found && (await found.options());
  return commands.map((command) => (command === found ? { ...command, builder: builder as never } : command));
}

type Done = (completions: string[]) => void;
type Defaults = (use: (error: Error | null, completions: string[] | undefined) => void) => void;

/** What may come next: names of models, bundles and studies where one is wanted, else what yargs knows, commands and options. */
export function complete(current: string, _given: unknown, defaults: Defaults, done: Done): void {
  const words = process.argv.slice(process.argv.indexOf(FLAG) + 1);
  valuesFor(words, current).then(
    (values) =>
      values !== null
        ? done(values)
        : defaults((_error, completions) => done((completions ?? []).filter((text) => !text.startsWith('$')))),
    () => done([]),
  );
}

/** Options whose value is a model. */
const OF_MODELS = new Set(['--model', '--baseline']);
/** Options whose value is a path, which the shell completes. */
const OF_PATHS = new Set(['--out', '--csv', '--symbols', '--video', '--labels', '--in', '--build']);

/** @returns null where no such name is wanted; empty where the shell should offer files */
async function valuesFor(words: readonly string[], current: string): Promise<string[] | null> {
  const before = words.at(-2) ?? '';
  if (OF_MODELS.has(before)) return modelNames();
  if (OF_PATHS.has(before)) return [];
  if (current.startsWith('-')) return null;
  // The first word is the name of the program.
  const [, command, ...others] = words;
  if (others.length === 0) return null;
  if (command === 'models') return modelNames();
  if (command === 'study') return shippedStudies();
  if (command === 'analyze' || command === 'notebook') return recordingsIn(TRACES_FOLDER);
  return null;
}

const modelNames = async (): Promise<string[]> => (await import('../../models/index.js')).models.map(({ name }) => name);

/** What a shell could take for something else is not offered. */
const PLAIN = /^[\w.,+=@-]+$/;

async function recordingsIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => PLAIN.test(name));
  const isRecording = (path: string): boolean =>
    [bundleFiles.manifest, studyFiles.study].some((file) => existsSync(join(path, file)));
  return names.map((name) => join(folder, name)).filter(isRecording);
}
