import { createHash } from 'node:crypto';
import { readWhole } from '../src/bundle/openFile.js';
import type { Detects } from '../src/detection/detects.js';
import { externalDataFile } from './externalDataFile.js';
import type { DefaultShapes, InputContents, ModelFile } from './model.js';
import { ModelError } from './modelError.js';
import { readSignature } from './onnx/readSignature.js';

export interface ModelFacts {
  readonly name: string;
  readonly title: string;
  readonly defaultShapes: DefaultShapes;
  readonly contents?: InputContents;
  readonly detects?: Detects;
}

/**
 * Reads what an ONNX file declares and checks that the data it keeps in other files is there. The file is in memory once while
 * this runs.
 *
 * @throws ModelError if the file cannot be read, is not ONNX, is cut or too large, or lacks its data
 */
export async function readModelFile(
  path: string,
  { name, title, defaultShapes, contents, detects }: ModelFacts,
): Promise<ModelFile> {
  const content = await readWhole(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ERR_FS_FILE_TOO_LARGE') {
      const remedy = 'Export it with its weights in files beside it (external data).';
      throw new ModelError('too-large', path, 'the file is larger than 2 GiB, which no ONNX file can be', remedy, { cause });
    }
    throw new ModelError('not-found', path, `the file cannot be read (${cause.message})`, 'Check the path.', { cause });
  });
  const signature = readSignature(content, path);
  return {
    name,
    title,
    format: 'onnx',
    path,
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
    inputs: signature.inputs,
    outputs: signature.outputs,
    defaultShapes,
    ...(contents && { contents }),
    ...(detects && { detects }),
    externalData: await Promise.all(signature.externalData.map((reference) => externalDataFile(path, reference))),
    twin: null,
  };
}
