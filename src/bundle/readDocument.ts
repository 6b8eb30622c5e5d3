import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { BundleError } from './bundleFiles.js';
import { readWhole } from './openFile.js';

/** A JSON document that makes a folder what it is: a study, a search among builds, a comparison. */
export interface FolderDocument<T> {
  /** Name of its file. */
  readonly file: string;
  readonly schema: z.ZodType<T>;
  /** What such a folder is: "study". */
  readonly noun: string;
  /** The command that writes it. */
  readonly command: string;
  /** Folder with what it was made from, which is untouched if the document is broken. */
  readonly runs: string;
}

/** Whether a path is such a folder. */
export async function holdsDocument(path: string, { file }: Pick<FolderDocument<unknown>, 'file'>): Promise<boolean> {
  return stat(join(path, file)).then(
    (facts) => facts.isFile(),
    () => false,
  );
}

/**
 * Reads the document of a folder.
 * @throws BundleError if there is none, it is broken, or it has a schema that this version does not support
 */
export async function readDocument<T>(folder: string, { file, schema, noun, command, runs }: FolderDocument<T>): Promise<T> {
  const path = join(folder, file);
  const content = await readWhole(path).catch((error: NodeJS.ErrnoException) => {
    throw new BundleError(
      error.code === 'ENOENT'
        ? `${folder} holds no ${file}, so it is no ${noun}. Give a folder that "trace ${command}" wrote.`
        : `${path} cannot be read: ${error.message}`,
    );
  });
  let json: unknown;
  try {
    json = JSON.parse(content.toString('utf8'));
  } catch (error) {
    throw new BundleError(
      `${path} is not valid JSON: ${(error as Error).message}. What was recorded is untouched: analyze each folder in ${runs}/ by itself.`,
    );
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  throw new BundleError(`${path} is not what this version of Inferscope writes:\n${z.prettifyError(result.error)}`);
}
