#!/usr/bin/env node
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { toolVersion } from '../packageRoot.js';
import { commands } from './commands/index.js';
import { exitCodes, explain, UsageError, withHint } from './explain.js';

/** Options that may be given several times. */
const LISTS = new Set(['_', 'input', 'inputs', 'names']);

// A pipe that closes early (`trace analyze … | head`) is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.done);
  throw error;
});

try {
  await yargs(hideBin(process.argv))
    .scriptName('trace')
    .usage('$0 <command>\n\nShows why deep-learning inference is slow in a web browser, and what each fix would gain.')
    .command(commands)
    .check((given) => {
      const repeated = Object.keys(given).find((name) => Array.isArray(given[name]) && !LISTS.has(name));
      if (repeated !== undefined) throw new UsageError(`--${repeated} was given more than once.`);
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
