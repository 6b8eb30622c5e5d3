import { readWhole } from '../../src/bundle/openFile.js';
import { externalDataFile } from '../externalDataFile.js';
import type { ModelFile } from '../model.js';
import { ModelError } from '../modelError.js';
import type { ModelFacts } from '../readModelFile.js';
import { tfModelFile } from '../tfModelFile.js';
import { readModelJson } from './readModelJson.js';

/**
 * Reads what the model.json of a TF.js graph or layers model declares, and checks that its weights are there.
 *
 * @param facts where there is a twin, default shapes are the twin's: those of images are NCHW
 * @param twin the same network as ONNX, if there is such a file
 * @throws ModelError if the file cannot be read, is not a TF.js model, or lacks weights
 */
export async function readTfjsModelFile(path: string, facts: ModelFacts, twin: ModelFile | null): Promise<ModelFile> {
  const content = await readWhole(path).catch((cause: NodeJS.ErrnoException) => {
    throw new ModelError('not-found', path, `the file cannot be read (${cause.message})`, 'Check the path.', { cause });
  });
  const { inputs, outputs, weights } = readModelJson(content, path);
  const externalData = await Promise.all(weights.map((reference) => externalDataFile(path, reference)));
  return tfModelFile({ format: 'tfjs', path, inputs, outputs, externalData, twin }, content, facts);
}
