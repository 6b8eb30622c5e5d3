import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { cachedFile } from './cachedFile.js';
import { installedPackage } from './installedPackage.js';
import type { Model } from './model.js';
import { ModelError } from './modelError.js';
import { readTfjsModelFile } from './tfjs/readTfjsModelFile.js';

export interface NsfwModel extends Omit<Model, 'write' | 'formats' | 'npmPackage'> {
  /** Its folder in the package. */
  readonly folder: string;
  /** In how many files its weights are. */
  readonly shards: number;
}

const NAME = 'nsfwjs';
const packageFile = z.object({ version: z.string() });
const modelJson = z.looseObject({ weightsManifest: z.array(z.looseObject({ paths: z.array(z.string()) })).length(1) });
const base64 = z.base64();

/**
 * A model of the npm package nsfwjs, which has layers models as scripts with their weights in base64: they are written to the
 * cache folder as the model.json and weights that they were made from.
 */
export function nsfwModel({ folder, shards, ...facts }: NsfwModel): Model {
  return {
    ...facts,
    formats: ['tfjs'],
    npmPackage: NAME,
    async write(cacheFolder) {
      const home = installedPackage(NAME, facts.name);
      const content = <T>(file: string, schema: z.ZodType<T>): T => contentOf(facts.name, join(home, file), schema);
      const stem = `${facts.name}-${content('package.json', packageFile).version}`;
      const script = <T>(name: string, schema: z.ZodType<T>): T => content(`dist/models/${folder}/${name}.min.js`, schema);
      const weights = await cachedFile(cacheFolder, stem, '.bin', () => {
        const names = Array.from({ length: shards }, (_, i) => `group1-shard${i + 1}of${shards}`);
        return names.map((name) => Buffer.from(script(name, base64), 'base64'));
      });
      const path = await cachedFile(cacheFolder, stem, '.json', () => {
        const model = script('model', modelJson);
        const manifest = model.weightsManifest.map((group) => ({ ...group, paths: [basename(weights)] }));
        return [new TextEncoder().encode(JSON.stringify({ ...model, format: 'layers-model', weightsManifest: manifest }))];
      });
      return readTfjsModelFile(path, facts, null);
    },
  };
}

/** @throws ModelError with code not-installed: another version of the package has other files */
function contentOf<T>(model: string, path: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(createRequire(import.meta.url)(path));
  } catch (cause) {
    const problem = `${path} does not hold what it is to hold`;
    throw new ModelError('not-installed', model, problem, `Run "npm install ${NAME}@4.3.0".`, { cause });
  }
}
