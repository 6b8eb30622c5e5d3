import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import yargs from 'yargs';
import { bisectFiles } from '../bundle/bisect.js';
import { bundleFiles } from '../bundle/bundleFiles.js';
import { compareFiles } from '../bundle/compare.js';
import { studyFiles } from '../bundle/study.js';
import { TRACES_FOLDER } from './bundleFolder.js';
import type { LazyCommand } from './lazyCommand.js';
import { shippedStudies } from './shippedStudies.js';

const nameOf = ({ command }: LazyCommand): string => command.split(' ')[0]!;

/**
 * What may come next in a shell: names of models, bundles and studies where one is wanted, else commands, options and their choices.
 * Empty where the shell should offer files.
 * @param words what was typed, the name of the program first; the last one is not finished
 */
export async function complete(commands: readonly LazyCommand[], words: readonly string[]): Promise<readonly string[]> {
  const [, name, ...others] = words;
  const command = commands.find((each) => nameOf(each) === name);
  if (!command || others.length === 0) return [...commands.map(nameOf), 'completion'];
  const current = words.at(-1) ?? '';
  const before = words.at(-2) ?? '';
  const { key, choices, string, number } = await optionsOf(command);
  const option = before.startsWith('--') ? before.slice(2) : null;
  if (option !== null && choices[option]) return choices[option];
  if (option === 'model' || option === 'baseline') return modelNames();
  // Its value is a number, a text or a path.
  if (option !== null && [...string, ...number].includes(option)) return [];
  if (current.startsWith('-'))
    return [...Object.keys(key), 'help'].filter((each) => !isPositional(command, each)).map((each) => `--${each}`);
  return operandsOf(command, choices);
}

interface Options {
  readonly key: Readonly<Record<string, unknown>>;
  readonly choices: Readonly<Record<string, readonly string[]>>;
  readonly string: readonly string[];
  readonly number: readonly string[];
}

/** The options of a command, as yargs keeps them. */
async function optionsOf(command: LazyCommand): Promise<Options> {
  const build = await command.options();
  return (build(yargs([]).help(false).version(false)) as unknown as { getOptions(): Options }).getOptions();
}

const isPositional = ({ command }: LazyCommand, name: string): boolean =>
  new RegExp(`[<[]${name}(?:\\.\\.)?[\\]>]`).test(command);

/** What stands behind a command. */
async function operandsOf(command: LazyCommand, choices: Options['choices']): Promise<readonly string[]> {
  const name = nameOf(command);
  if (name === 'models') return modelNames();
  if (name === 'study') return shippedStudies();
  if (/\[inputs|<inputs|\[bundle|<bundle/.test(command.command)) return recordingsIn(TRACES_FOLDER);
  const operand = Object.keys(choices).find((each) => isPositional(command, each));
  return operand === undefined ? [] : choices[operand]!;
}

const modelNames = async (): Promise<string[]> => (await import('../../models/index.js')).models.map(({ name }) => name);

/** What a shell could take for something else is not offered. */
const PLAIN = /^[\w.,+=@-]+$/;

async function recordingsIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => PLAIN.test(name));
  const isRecording = (path: string): boolean =>
    [bundleFiles.manifest, studyFiles.study, bisectFiles.bisect, compareFiles.compare].some((file) =>
      existsSync(join(path, file)),
    );
  return names.map((name) => join(folder, name)).filter(isRecording);
}
