import { createHash } from 'node:crypto';
import { readWhole } from '../../src/bundle/openFile.js';
import { externalDataFile } from '../externalDataFile.js';
import type { DefaultShapes, ModelFile } from '../model.js';
import { ModelError } from '../modelError.js';
import type { ModelFacts } from '../readModelFile.js';
import { readModelJson } from './readModelJson.js';
import { tfShape } from './translation.js';

/**
 * Reads what the model.json of a TF.js graph or layers model declares, and checks that its weights are there.
 *
 * @param facts where there is a twin, default shapes are the twin's: those of images are NCHW
 * @param twin the same network as ONNX, if there is such a file
 * @throws ModelError if the file cannot be read, is not a TF.js model, or lacks weights
 */
export async function readTfjsModelFile(
  path: string,
  { name, title, defaultShapes, contents, detects }: ModelFacts,
  twin: ModelFile | null,
): Promise<ModelFile> {
  const content = await readWhole(path).catch((cause: NodeJS.ErrnoException) => {
    throw new ModelError('not-found', path, `the file cannot be read (${cause.message})`, 'Check the path.', { cause });
  });
  const { inputs, outputs, weights } = readModelJson(content, path);
  return {
    name,
    title,
    format: 'tfjs',
    path,
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
    inputs,
    outputs,
    defaultShapes: twin ? channelsLast(defaultShapes) : defaultShapes,
    ...(contents && { contents }),
    ...(detects && { detects }),
    externalData: await Promise.all(weights.map((reference) => externalDataFile(path, reference))),
    twin,
  };
}

/** Default shapes of an ONNX file for its twin, whose images are NHWC. */
export function channelsLast(shapes: DefaultShapes): DefaultShapes {
  return Object.fromEntries(Object.entries(shapes).map(([input, shape]) => [input, tfShape(shape) as readonly number[]]));
}
