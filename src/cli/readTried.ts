import { readFile } from 'node:fs/promises';
import { type TriedTable, triedTable } from '../../models/triedTable.js';
import { UsageError } from './usageError.js';

/**
 * A file that `trace models --try` wrote before; null if there is none.
 * @throws UsageError if the file is something else, which is not to be overwritten
 */
export async function readTried(path: string): Promise<TriedTable | null> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new UsageError(`--out ${path} cannot be read (${error.code}).`);
  });
  if (text === null) return null;
  try {
    return triedTable.parse(JSON.parse(text));
  } catch {
    throw new UsageError(
      `--out ${path} holds something else than what "trace models --try" writes. Give another file, or remove it.`,
    );
  }
}
