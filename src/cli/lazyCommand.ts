import type { Argv, CommandModule } from 'yargs';

/** What a command's own file exports. */
export interface Command<A> {
  builder(yargs: Argv): Argv<A>;
  handler(args: A): void | Promise<void>;
}

/** A command whose file is loaded only when it runs: `analyze` needs no browser driver, and starts faster without it. */
export function lazyCommand<A>(command: string, describe: string, load: () => Promise<Command<A>>): CommandModule {
  return {
    command,
    describe,
    builder: (async (yargs: Argv) => (await load()).builder(yargs)) as never,
    handler: async (args) => (await load()).handler(args as A),
  };
}
