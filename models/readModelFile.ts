import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, normalize, sep } from 'node:path';
import type { DefaultShapes, ExternalDataFile, ModelFile } from './model.js';
import { ModelError } from './modelError.js';
import { type ExternalDataReference, readSignature } from './onnx/readSignature.js';

export interface ModelFacts {
  readonly name: string;
  readonly title: string;
  readonly defaultShapes: DefaultShapes;
}

/**
 * Reads what an ONNX file declares and checks that the data it keeps in other files is there. The file is in memory once while
 * this runs.
 *
 * @throws ModelError if the file cannot be read, is not ONNX, is cut, or lacks its data
 */
export async function readModelFile(path: string, { name, title, defaultShapes }: ModelFacts): Promise<ModelFile> {
  const content = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw new ModelError('not-found', path, `the file cannot be read (${cause.message})`, 'Check the path.', { cause });
  });
  const signature = readSignature(content, path);
  return {
    name,
    title,
    path,
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
    inputs: signature.inputs,
    outputs: signature.outputs,
    defaultShapes,
    externalData: await Promise.all(signature.externalData.map((reference) => externalDataFile(path, reference))),
  };
}

async function externalDataFile(model: string, { location, leastBytes }: ExternalDataReference): Promise<ExternalDataFile> {
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
