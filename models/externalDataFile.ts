import { stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, normalize, sep } from 'node:path';
import type { ExternalDataFile } from './model.js';
import { ModelError } from './modelError.js';

/** A file with weights that a model file names. */
export interface ExternalDataReference {
  /** Relative to the model's folder. */
  readonly location: string;
  /** How many bytes the file has to have at least. */
  readonly leastBytes: number;
}

/**
 * Finds a file with weights beside the model that names it.
 *
 * @throws ModelError with code external-data if it is missing, too short, or outside the model's folder
 */
export async function externalDataFile(
  model: string,
  { location, leastBytes }: ExternalDataReference,
): Promise<ExternalDataFile> {
  const relative = normalize(location);
  if (location === '' || isAbsolute(relative) || relative === '..' || relative.startsWith(`..${sep}`)) {
    const problem = `it names weights outside its own folder ("${location}")`;
    throw new ModelError('external-data', model, problem, 'Export it again with its weights in or beside the file.');
  }
  const path = join(dirname(model), relative);
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) {
    throw new ModelError(
      'external-data',
      model,
      `its weights are in "${location}", which is missing`,
      `Put that file at ${path}.`,
    );
  }
  if (found.size < leastBytes) {
    const problem = `its weights in "${location}" are cut (${found.size} bytes of at least ${leastBytes})`;
    throw new ModelError('external-data', model, problem, `Download or export ${path} again.`);
  }
  return { location, path, bytes: found.size };
}
