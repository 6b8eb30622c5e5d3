import { isLayersModel } from '../../src/bundle/isLayersModel.js';
import { ModelError } from '../modelError.js';
import { readGraphModel } from './readGraphModel.js';
import { readLayersModel } from './readLayersModel.js';
import type { TfjsSignature } from './weightsManifest.js';

/**
 * Reads the model.json of a TF.js model of either kind, a graph or Keras layers; which one it is follows from what it holds, since
 * old converters do not say.
 *
 * @param file how to call the file in errors
 * @throws ModelError with code not-tfjs or unsupported
 */
export function readModelJson(bytes: Uint8Array, file: string): TfjsSignature {
  let content: unknown;
  try {
    content = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    const remedy = 'Give the model.json that tensorflowjs_converter or model.save() of TF.js wrote.';
    throw new ModelError('not-tfjs', file, `this is not JSON (${(cause as Error).message})`, remedy, { cause });
  }
  return isLayersModel(content) ? readLayersModel(content, file) : readGraphModel(content, file);
}
