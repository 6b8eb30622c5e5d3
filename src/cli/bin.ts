#!/usr/bin/env node
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { toolVersion } from '../packageRoot.js';
import { commands } from './commands/index.js';
import { exitCodes, explain, UsageError, withHint } from './explain.js';

/** Options that may be given several times. */
const LISTS = new Set(['_', 'input', 'inputs', 'names', 'qoe-backend', 'qoeBackend']);
/** Options that mean something without a value, which is then an empty text. */
const SWITCHES = new Set(['attach']);

// A pipe that closes early (`trace analyze … | head`) is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.done);
  throw error;
});

try {
  await yargs(hideBin(process.argv))
    .scriptName('trace')
    // Otherwise "--no-model" and "--model.x" would give an option of text something that is none.
    .parserConfiguration({ 'boolean-negation': false, 'dot-notation': false })
    .usage('$0 <command>\n\nShows why deep-learning inference is slow in a web browser, and what each fix would gain.')
    .command(commands)
    .check((given) => {
      const repeated = Object.keys(given).find((name) => Array.isArray(given[name]) && !LISTS.has(name));
      if (repeated !== undefined) throw new UsageError(`--${repeated} was given more than once.`);
      const empty = Object.keys(given).find((name) => !SWITCHES.has(name) && [given[name]].flat().includes(''));
      if (empty !== undefined) throw new UsageError(`The value of "${empty}" is empty: give one, or leave it out.`);
      return true;
    })
    .demandCommand(1, 'Name a command.')
    .strictCommands()
    .recommendCommands()
    .strict()
    .version(toolVersion())
    .help()
    .alias({ h: 'help', v: 'version' })
    .wrap(Math.min(110, process.stdout.columns ?? 110))
    .fail((message, error) => {
      throw error ?? new UsageError(withHint(message));
    })
    .parseAsync();
} catch (error) {
  const { message, exitCode } = explain(error);
  process.stderr.write(`${message}\n`);
  process.exitCode = exitCode;
}
