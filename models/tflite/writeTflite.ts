import { cachedFile } from '../cachedFile.js';
import type { OnnxGraph } from '../onnx/graph.js';
import { TRANSLATOR as TO_TENSORFLOW, translate } from '../tfjs/translate.js';
import { encodeTflite } from './encodeTflite.js';
import { TRANSLATOR, translateToLite } from './translate.js';

/**
 * Keeps the LiteRT form of an ONNX graph in the cache folder, in `<stem>-l<translators>-<hash>.tflite`. Translates only if it is not there.
 *
 * @returns its path
 */
export function writeTflite(folder: string, stem: string, build: () => OnnxGraph): Promise<string> {
  return cachedFile(folder, `${stem}-l${TO_TENSORFLOW}.${TRANSLATOR}`, '.tflite', () => {
    const onnx = build();
    return [encodeTflite(translateToLite(onnx.name, translate(onnx)))];
  });
}
