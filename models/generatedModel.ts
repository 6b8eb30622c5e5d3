import { cachedFile } from './cachedFile.js';
import type { Model } from './model.js';
import { encodeModel } from './onnx/encodeModel.js';
import type { OnnxGraph } from './onnx/graph.js';
import { readModelFile } from './readModelFile.js';

export interface GeneratedModel extends Omit<Model, 'write' | 'parameters'> {
  /** Checked against the graph's own count whenever it is built. */
  readonly parameters: number;
  /** Version of the generator: raise it with every change of the bytes that it makes, so that no cache serves the old ones. */
  readonly generator: number;
  readonly build: () => OnnxGraph;
}

/** A model that is made from code, and kept in the cache folder as `<name>-g<generator>-<hash>.onnx`. */
export function generatedModel({ generator, build, ...facts }: GeneratedModel): Model {
  return {
    ...facts,
    async write(cacheFolder) {
      const path = await cachedFile(cacheFolder, `${facts.name}-g${generator}`, '.onnx', () => {
        const graph = build();
        if (graph.parameters !== facts.parameters) {
          throw new Error(`${facts.name} is to have ${facts.parameters} parameters; its graph has ${graph.parameters}.`);
        }
        return encodeModel(graph);
      });
      return readModelFile(path, facts);
    },
  };
}
