import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CollectResult } from '../../collectors/collectResult.js';
import { bundleFiles } from '../bundle/bundleFiles.js';
import { inertText } from '../text/inertText.js';
import { exitCodes, UsageError } from './explain.js';

const REASON_LIMIT = 4000;

/** The default folder of bundles and reports, below the current one. */
export const TRACES_FOLDER = 'traces';

/** Path of a new folder in it, named after the local time so that names sort by time: traces/2026-11-23T09-40-12-name. */
export function newBundleFolder(name: string, folder = TRACES_FOLDER): string {
  return join(folder, `${localTime()}-${name}`);
}

/** Without colons, which file names on Windows cannot have. */
function localTime(): string {
  const now = new Date();
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19).replaceAll(':', '-');
}

/** The bundle of the last recording in it. @throws UsageError if there is none */
export async function newestBundle(among = TRACES_FOLDER): Promise<string> {
  const names = await readdir(among).catch(() => []);
  const bundles = await Promise.all(
    names.map(async (name) => {
      const folder = join(among, name);
      const facts = await stat(join(folder, bundleFiles.manifest)).catch(() => null);
      return facts ? [{ folder, changedMs: facts.mtimeMs }] : [];
    }),
  );
  const newest = bundles.flat().sort((a, b) => b.changedMs - a.changedMs)[0];
  if (!newest) throw new UsageError(`No bundle in ${among}/. Name a bundle or a trace, or record one with "trace collect".`);
  return newest.folder;
}

/**
 * Prints the result of collecting: the folder on stdout, the rest on stderr. Sets the exit code.
 * @param interruptedBy the exit code of the signal that stopped it; null if none did
 * @param quiet whether nothing but the folder and errors is printed
 */
export function printCollected(
  folder: string,
  { status, reason, holds }: CollectResult,
  interruptedBy: number | null,
  quiet: boolean,
): void {
  if (status === 'complete') {
    process.stdout.write(`${folder}\n`);
    if (!quiet) process.stderr.write(`The bundle holds ${inertText(holds)}. Next: trace analyze ${folder}\n`);
    return;
  }
  // It may hold what a page said, in several lines.
  process.stderr.write(
    `trace: ${String(reason)
      .split('\n')
      .map((line) => inertText(line, REASON_LIMIT))
      .join('\n')}\n`,
  );
  process.stderr.write(
    status === 'incomplete'
      ? `The bundle ${folder} is marked incomplete. It holds ${inertText(holds)}, and can be analyzed.\n`
      : 'Nothing had been measured yet, so no bundle was left.\n',
  );
  process.exitCode = interruptedBy ?? exitCodes.failed;
}
