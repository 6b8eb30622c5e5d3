import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeWhole } from '../../bundle/replaceFile.js';
import { packageRoot } from '../../packageRoot.js';
import { UsageError } from '../explain.js';
import type { Command } from '../lazyCommand.js';

interface PageArguments {
  out: string;
}

export const pageCommand: Command<PageArguments> = {
  builder: (yargs) =>
    yargs.option('out', {
      type: 'string',
      requiresArg: true,
      default: 'inferscope.html',
      describe: 'File for the page, which must not be there yet',
    }),
  async handler({ out }) {
    // It is not said what it may replace, as by a bundle or a report.
    if (await stat(out).catch(() => null))
      throw new UsageError(`--out ${out} is there already. Remove it, or name another file.`);
    const page = await readFile(join(packageRoot(), 'dist/browser/inferscope.html'));
    await writeWhole(out, page);
    process.stdout.write(`${out}\n`);
    process.stderr.write(
      `Open ${pathToFileURL(resolve(out)).href}, and drop traces or bundles on it. It needs no server and no network.\n`,
    );
  },
};
