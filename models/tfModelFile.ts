import { createHash } from 'node:crypto';
import type { DefaultShapes, ModelFile } from './model.js';
import type { ModelFacts } from './readModelFile.js';
import { tfShape } from './tfjs/translation.js';

/**
 * A model file in one of TensorFlow's forms, whose images are NHWC.
 * @param content of the file at `path`
 * @param facts where there is a twin, default shapes are the twin's: those of images are NCHW
 */
export function tfModelFile(
  file: Pick<ModelFile, 'format' | 'path' | 'inputs' | 'outputs' | 'externalData' | 'twin'>,
  content: Uint8Array,
  { name, title, defaultShapes, contents, detects }: ModelFacts,
): ModelFile {
  return {
    name,
    title,
    ...file,
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
    defaultShapes: file.twin ? channelsLast(defaultShapes) : defaultShapes,
    ...(contents && { contents }),
    ...(detects && { detects }),
  };
}

/** Default shapes of an ONNX file for its twin. */
function channelsLast(shapes: DefaultShapes): DefaultShapes {
  return Object.fromEntries(Object.entries(shapes).map(([input, shape]) => [input, tfShape(shape) as readonly number[]]));
}
