import { join } from 'node:path';
import { frameworkFolders } from '../../collectors/frameworkPackages.js';
import type { ModelFile } from '../../models/model.js';
import { modelFeeds } from '../../models/modelFeeds.js';
import { packageRoot } from '../../src/packageRoot.js';
import { type Recorded, record } from './record.js';

/** Runs a real model in ONNX Runtime, in the product's own page. */
export function recordModel(
  model: ModelFile,
  { threads, iterations }: { threads: number; iterations: number },
): Promise<Recorded> {
  const { inputs } = modelFeeds(model, [], 1);
  return record(
    {
      content: {
        modelPath: model.path,
        externalData: model.externalData,
        inputs: inputs.map(({ bytes }) => bytes),
        frameworkFolders: frameworkFolders('ort'),
        scriptFolder: join(packageRoot(), 'dist/browser'),
        isolated: true,
      },
      options: { framework: 'ort', backend: 'wasm', on: 'worker', threads, inputs, model },
      v8Flags: [],
      iterations,
    },
    null,
  );
}
