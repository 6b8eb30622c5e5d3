import { join } from 'node:path';
import { launchBrowser } from '../../../collectors/browser/launchBrowser.js';
import { frameworkFolders } from '../../../collectors/frameworkPackages.js';
import { type FrameworkId, frameworks } from '../../../collectors/frameworks.js';
import { serveHarness } from '../../../collectors/harness/server.js';
import { openHarness } from '../../../collectors/harness/session.js';
import { modelFeeds } from '../../../models/modelFeeds.js';
import { resolveModel } from '../../../models/resolveModel.js';
import { packageRoot } from '../../../src/packageRoot.js';
import { workloadOf } from '../../wasm/rewrite/modelOutputs.js';
import { collect } from './models.js';
import type { PredictionCase } from './prediction.js';

/** One inference before the one that is waited for, in a fresh browser each. */
const warmUpCase = (framework: FrameworkId, model: string): PredictionCase => ({
  id: `warm-up-${framework}`,
  title: `one inference of ${model} in ${frameworks[framework].title} before it is waited for`,
  step: 'warm-up.early',
  async open(folder) {
    const file = await resolveModel(model, { cacheFolder: folder, format: frameworks[framework].format });
    const { inputs } = modelFeeds(file, [], 1);
    const waitedMs = async (early: boolean): Promise<number> => {
      const { browser } = await launchBrowser();
      const server = await serveHarness({
        modelPath: file.path,
        externalData: file.externalData,
        inputs: inputs.map(({ bytes }) => bytes),
        frameworkFolders: frameworkFolders(framework),
        scriptFolder: join(packageRoot(), 'dist/browser'),
        isolated: true,
      });
      try {
        const session = await openHarness(browser, server, new AbortController().signal);
        await session.open('worker', workloadOf(framework, file, inputs));
        await session.setup();
        if (early) await session.warmup();
        return (await session.predict(1))[0]!;
      } finally {
        await browser.close();
        await server.close();
      }
    };
    return {
      async before(isAsked) {
        const asked = [
          '--framework',
          framework,
          '--model',
          model,
          '--threads',
          '1',
          '--passes',
          'timing,trace',
          '--processes',
          '1',
        ];
        return { ms: await waitedMs(false), analysis: isAsked ? await collect(folder, asked) : null };
      },
      after: () => waitedMs(true),
      close: async () => {},
    };
  },
});

export const warmUpCases: readonly PredictionCase[] = [warmUpCase('ort', 'ppocr-det'), warmUpCase('tfjs', 'mobilenet-v2')];
