import { readWhole } from '../../src/bundle/openFile.js';
import type { ModelFile } from '../model.js';
import { ModelError } from '../modelError.js';
import type { ModelFacts } from '../readModelFile.js';
import { tfModelFile } from '../tfModelFile.js';
import { readTfliteSignature } from './readSignature.js';

/**
 * Reads what a .tflite declares.
 *
 * @param facts where there is a twin, default shapes are the twin's: those of images are NCHW
 * @param twin the same network as ONNX, if there is such a file
 * @throws ModelError if the file cannot be read, is not a LiteRT model, or is cut
 */
export async function readTfliteFile(path: string, facts: ModelFacts, twin: ModelFile | null): Promise<ModelFile> {
  const content = await readWhole(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ERR_FS_FILE_TOO_LARGE') {
      const problem = 'the file is larger than 2 GiB, which LiteRT.js cannot hold';
      throw new ModelError('too-large', path, problem, 'Export it with float16 or quantized weights.', { cause });
    }
    throw new ModelError('not-found', path, `the file cannot be read (${cause.message})`, 'Check the path.', { cause });
  });
  const { inputs, outputs } = readTfliteSignature(content, path);
  return tfModelFile({ format: 'tflite', path, inputs, outputs, externalData: [], twin }, content, facts);
}
