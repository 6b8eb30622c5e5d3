import type { CompareInput } from '../analyzers/compare/index.js';
import { readCompare } from './bundle/readCompare.js';
import { toolVersion } from './packageRoot.js';

/** Reads the folder of a comparison. @throws BundleError if there is none, or it is broken */
export async function loadCompare(folder: string): Promise<CompareInput> {
  return { name: folder, toolVersion: toolVersion(), compare: await readCompare(folder) };
}
