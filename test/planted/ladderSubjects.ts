import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nativeCpu } from '../../collectors/baseline/startNativeBaseline.js';
import { frameworkFolders } from '../../collectors/frameworkPackages.js';
import { type FrameworkId, frameworks } from '../../collectors/frameworks.js';
import { NOTHING_CHANGED, type Workload } from '../../collectors/harness/protocol.js';
import { serveHarness } from '../../collectors/harness/server.js';
import type { RungSubject } from '../../collectors/ladder/openRung.js';
import { modelFeeds } from '../../models/modelFeeds.js';
import { resolveModel } from '../../models/resolveModel.js';
import { packageRoot } from '../../src/packageRoot.js';
import { bundlePage } from './bundlePage.js';

/** What the rungs run, for as long as `use` takes. */
export type WithSubject = <T>(use: (subject: RungSubject) => Promise<T>) => Promise<T>;

const usual = {
  runId: 'planted',
  backend: 'wasm',
  threads: 1,
  simd: null,
  inputs: [],
  externalData: [],
  captureModules: false,
  recordGpu: false,
  profileOperators: false,
  watchMemory: false,
  ...NOTHING_CHANGED,
};

async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'inferscope-ladder-planted-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A model in a real framework, and natively. */
export const model =
  (framework: FrameworkId, name: string): WithSubject =>
  (use) =>
    inFolder(async (folder) => {
      const { format } = frameworks[framework];
      const file = await resolveModel(name, { cacheFolder: folder, format });
      const { inputs, baseline } = modelFeeds(file, [], 1);
      const server = await serveHarness({
        modelPath: file.path,
        externalData: file.externalData,
        inputs: inputs.map(({ bytes }) => bytes),
        frameworkFolders: frameworkFolders(framework),
        scriptFolder: join(packageRoot(), 'dist/browser'),
        isolated: true,
      });
      const workload: Workload = {
        ...usual,
        framework,
        inputs: inputs.map(({ spec }) => spec),
        externalData: file.externalData.map(({ location }) => location),
      };
      return use({
        page: () => Promise.resolve({ server, workload }),
        native: { modelPath: baseline!.path, inputs: baseline!.inputs, gpu: nativeCpu },
        software: true,
      }).finally(() => server.close());
    });

/** A loop over memory in the test's own page: it starts at once and is the same in every process. It has no native form. */
export const ownPage: WithSubject = (use) =>
  inFolder(async (folder) => {
    await bundlePage(folder);
    const server = await serveHarness({
      modelPath: join(folder, 'none'),
      externalData: [],
      inputs: [],
      frameworkFolders: {},
      scriptFolder: folder,
      isolated: true,
    });
    return use({
      page: () => Promise.resolve({ server, workload: { ...usual, framework: 'fixedWork' } }),
      native: { modelPath: '', inputs: [], gpu: nativeCpu },
      software: true,
    }).finally(() => server.close());
  });
