#!/usr/bin/env node
import { hideBin } from 'yargs/helpers';
import { toolVersion } from '../packageRoot.js';
import { inertText } from '../text/inertText.js';
import { checkGiven } from './checkGiven.js';
import { commands } from './commands/index.js';
import { exitCodes, explain, UsageError, withHint } from './explain.js';
import { parser } from './parser.js';

/** With it a shell asks what may come next; yargs writes it into the script that it prints. */
const COMPLETION_FLAG = '--get-yargs-completions';

// A pipe that closes early (`trace analyze … | head`) is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.done);
  throw error;
});

const words = hideBin(process.argv);

try {
  if (words[0] === COMPLETION_FLAG) {
    const { complete } = await import('./completion.js');
    const offered = await complete(commands, words.slice(1));
    process.stdout.write(offered.map((word) => `${word}\n`).join(''));
  } else await run();
} catch (error) {
  const { message, exitCode } = explain(error);
  process.stderr.write(`${message}\n`);
  process.exitCode = exitCode;
}

async function run(): Promise<void> {
  if (words[0] === 'completion') takeShell();
  await parser(words)
    .scriptName('trace')
    .usage('$0 <command>\n\nShows why deep-learning inference is slow in a web browser, and what each fix would gain.')
    .command(commands)
    .completion('completion', 'Print a script for bash or zsh that completes commands, options, models and bundles')
    .check(checkGiven)
    .demandCommand(1, 'Name a command.')
    .strictCommands()
    .recommendCommands()
    .version(toolVersion())
    .help()
    .alias({ h: 'help', v: 'version' })
    .wrap(Math.min(110, process.stdout.columns ?? 110))
    .fail((message, error) => {
      throw error ?? new UsageError(withHint(message));
    })
    .parseAsync();
}

/** Otherwise yargs would take the name of a shell for a command. */
function takeShell(): void {
  const shell = words[1];
  if (words.length !== 2 || shell!.startsWith('-')) return;
  if (!/^(ba|z)sh$/.test(shell!))
    throw new UsageError(`There is no completion for ${inertText(shell)}; there is for bash and zsh.`);
  process.env.SHELL = words.pop();
}
