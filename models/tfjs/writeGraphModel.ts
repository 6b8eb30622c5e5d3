import { basename } from 'node:path';
import { cachedFile } from '../cachedFile.js';
import type { OnnxGraph } from '../onnx/graph.js';
import { encodeGraphModel, encodeWeights } from './encodeGraphModel.js';
import type { TfGraph } from './graph.js';
import { TRANSLATOR, translate } from './translate.js';

/**
 * Keeps the TF.js form of an ONNX graph in the cache folder: weights in `<stem>-t<translator>-<hash>.bin`, and the model in a
 * .json of the like name. Translates only if either is not there.
 *
 * @returns path of the .json
 */
export async function writeGraphModel(folder: string, stem: string, build: () => OnnxGraph): Promise<string> {
  let translated: TfGraph | undefined;
  const graph = (): TfGraph => {
    translated ??= translate(build());
    return translated;
  };
  const name = `${stem}-t${TRANSLATOR}`;
  const weights = await cachedFile(folder, name, '.bin', () => encodeWeights(graph()));
  return cachedFile(folder, name, '.json', () => [encodeGraphModel(graph(), basename(weights))]);
}
