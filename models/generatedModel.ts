import { cachedFile } from './cachedFile.js';
import type { Model } from './model.js';
import type { OnnxGraph } from './onnx/graph.js';
import { modelChunks } from './onnx/modelChunks.js';
import { readModelFile } from './readModelFile.js';
import { readTfjsModelFile } from './tfjs/readTfjsModelFile.js';
import { writeGraphModel } from './tfjs/writeGraphModel.js';
import { readTfliteFile } from './tflite/readTfliteFile.js';
import { writeTflite } from './tflite/writeTflite.js';

export interface GeneratedModel extends Omit<Model, 'write' | 'parameters' | 'npmPackage'> {
  /** Checked against the graph's own count whenever it is built. */
  readonly parameters: number;
  /** Version of the generator: raise it with every change of the bytes that it makes, so that no cache serves the old ones. */
  readonly generator: number;
  readonly build: () => OnnxGraph;
}

/**
 * A model that is made from code, and kept in the cache folder: as ONNX in `<name>-g<generator>-<hash>.onnx`, and in the forms of
 * TF.js and LiteRT, translated from the same graph, in files named likewise.
 */
export function generatedModel({ generator, build, ...facts }: GeneratedModel): Model {
  const stem = `${facts.name}-g${generator}`;
  const checkedBuild = (): OnnxGraph => {
    const graph = build();
    if (graph.parameters !== facts.parameters) {
      throw new Error(`${facts.name} is to have ${facts.parameters} parameters; its graph has ${graph.parameters}.`);
    }
    return graph;
  };
  return {
    ...facts,
    npmPackage: null,
    async write(cacheFolder, format = 'onnx') {
      const path = await cachedFile(cacheFolder, stem, '.onnx', () => modelChunks(checkedBuild()));
      const onnx = await readModelFile(path, facts);
      if (format === 'onnx') return onnx;
      if (format === 'tflite') return readTfliteFile(await writeTflite(cacheFolder, stem, checkedBuild), facts, onnx);
      return readTfjsModelFile(await writeGraphModel(cacheFolder, stem, checkedBuild), facts, onnx);
    },
  };
}
