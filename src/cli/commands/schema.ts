import { type SchemaName, schemaNames, schemaOf } from '../../schemas.js';
import type { Command } from '../lazyCommand.js';

export const schemaCommand: Command<{ name: SchemaName }> = {
  builder: (yargs) =>
    yargs.positional('name', {
      choices: schemaNames,
      default: 'analysis' as const,
      describe: 'analysis: what "analyze --json" prints; run, page: run.json of a bundle; study: study.json; bisect: bisect.json',
    }) as never,
  async handler({ name }) {
    process.stdout.write(`${JSON.stringify(await schemaOf(name), null, 2)}\n`);
  },
};
