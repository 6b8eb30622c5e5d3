import { join } from 'node:path';
import { installedPackage } from './installedPackage.js';
import type { Model, ModelFormat } from './model.js';
import { readModelFile } from './readModelFile.js';
import { readTfjsModelFile } from './tfjs/readTfjsModelFile.js';

export interface PackagedModel extends Omit<Model, 'write' | 'formats'> {
  readonly npmPackage: string;
  /** The ONNX file, or the model.json of a TF.js model, relative to the package's folder. */
  readonly asset: string;
}

/** A model that an npm package holds; it is used where it lies. Most of these packages are large, so not all are installed with the tool. */
export function packagedModel({ asset, ...facts }: PackagedModel): Model {
  const format: ModelFormat = asset.endsWith('.onnx') ? 'onnx' : 'tfjs';
  return {
    ...facts,
    formats: [format],
    async write() {
      const path = join(installedPackage(facts.npmPackage, facts.name), asset);
      return format === 'onnx' ? readModelFile(path, facts) : readTfjsModelFile(path, facts, null);
    },
  };
}
