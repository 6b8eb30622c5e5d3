import type { PageBaseline } from '../../collectors/page/timeNatively.js';
import { defaultCacheFolder } from '../../models/defaultCacheFolder.js';
import { modelFeeds } from '../../models/modelFeeds.js';
import type { InputShape } from '../../models/parseShape.js';
import { resolveModel } from '../../models/resolveModel.js';

/** How the model that a page runs is to be run natively. */
export interface BaselineChoice {
  readonly shapes: readonly InputShape[];
  readonly threads: number;
  readonly seed: number;
}

/** The model that a page is said to run, with inputs drawn by the seed. @param model a name, or the path of an ONNX file @throws ModelError */
export async function pageBaseline(model: string, { shapes, threads, seed }: BaselineChoice): Promise<PageBaseline> {
  const file = await resolveModel(model, { cacheFolder: defaultCacheFolder(process.env), format: 'onnx' });
  return { model: file, inputs: modelFeeds(file, shapes, seed).inputs, threads, seed };
}
