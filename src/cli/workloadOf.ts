import type { CollectOptions } from '../../collectors/collectOptions.js';
import { frameworks } from '../../collectors/frameworks.js';
import { checkFitsWasm } from '../../models/checkFitsWasm.js';
import { defaultCacheFolder } from '../../models/defaultCacheFolder.js';
import { freeDimensions } from '../../models/freeDimensions.js';
import type { ModelFile } from '../../models/model.js';
import { modelFeeds } from '../../models/modelFeeds.js';
import type { InputShape } from '../../models/parseShape.js';
import { resolveModel } from '../../models/resolveModel.js';
import { toolVersion } from '../packageRoot.js';

type Chosen = 'framework' | 'backend' | 'on' | 'threads' | 'simd' | 'isolated' | 'iterations' | 'seed';

/** What a user chose to run. */
export interface WorkloadChoice extends Pick<CollectOptions, Chosen> {
  /** A name of the registry, or a path. */
  readonly model: string;
  readonly shapes: readonly InputShape[];
}

/** The workload of a run, without its passes: writes the model to disk and draws its inputs. @throws ModelError */
export async function workloadOf(
  choice: WorkloadChoice,
): Promise<Omit<CollectOptions, 'folder' | 'passes' | 'processes' | 'qoe' | 'ladder'> & { readonly model: ModelFile }> {
  const { model, shapes, framework, backend, on, threads, simd, isolated, iterations, seed } = choice;
  const file = await resolveModel(model, { cacheFolder: defaultCacheFolder(process.env), format: frameworks[framework].format });
  if (backend === 'wasm') checkFitsWasm(file);
  const feeds = modelFeeds(file, shapes, seed);
  return {
    toolVersion: toolVersion(),
    model: { ...file, argument: model, freeDimensions: freeDimensions(file, feeds.inputs) },
    ...feeds,
    framework,
    backend,
    on,
    threads,
    simd,
    isolated,
    iterations,
    seed,
  };
}
