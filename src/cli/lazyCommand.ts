import type { Argv, CommandModule } from 'yargs';

/** What a command's own file exports. */
export interface Command<A> {
  builder(yargs: Argv): Argv<A>;
  handler(args: A): void | Promise<void>;
}

/** A command whose file is not loaded yet. */
export interface LazyCommand extends CommandModule {
  readonly command: string;
  /** Loads the file, for its options. */
  readonly options: () => Promise<(yargs: Argv) => Argv>;
}

/** A command whose file is loaded only when it runs: `analyze` needs no browser driver, and starts faster without it. */
export function lazyCommand<A>(command: string, describe: string, load: () => Promise<Command<A>>): LazyCommand {
  const options = async () => {
    const { builder } = await load();
    return (yargs: Argv) => builder(yargs) as Argv;
  };
  return {
    command,
    describe,
    options,
    builder: (async (yargs: Argv) => (await options())(yargs)) as never,
    handler: async (args) => (await load()).handler(args as A),
  };
}
