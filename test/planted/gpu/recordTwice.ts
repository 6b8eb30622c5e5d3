import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { frameworkFolders } from '../../../collectors/frameworkPackages.js';
import { type FrameworkId, frameworks } from '../../../collectors/frameworks.js';
import { modelFeeds } from '../../../models/modelFeeds.js';
import { resolveModel } from '../../../models/resolveModel.js';
import { bundlePage } from '../bundlePage.js';
import { type Recorded, record } from '../record.js';

/** Runs a model of the registry in a framework on WebGPU, twice in every odd prediction. */
export async function recordTwice(framework: FrameworkId, name: string, iterations: number): Promise<Recorded> {
  const folder = await mkdtemp(join(tmpdir(), 'inferscope-twice-'));
  try {
    await bundlePage(folder);
    const { format } = frameworks[framework];
    const model = await resolveModel(name, { cacheFolder: join(folder, 'models'), format });
    const { inputs } = modelFeeds(model, [], 1);
    return await record(
      {
        content: {
          modelPath: model.path,
          externalData: model.externalData,
          inputs: inputs.map(({ bytes }) => bytes),
          frameworkFolders: frameworkFolders(framework),
          scriptFolder: folder,
          isolated: true,
        },
        options: {
          // The test's page knows it by this name.
          framework: `${framework}Twice` as FrameworkId,
          backend: 'webgpu',
          on: 'worker',
          threads: 1,
          inputs,
          model,
        },
        v8Flags: [],
        iterations,
      },
      null,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
