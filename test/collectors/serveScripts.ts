import { join } from 'node:path';
import { type HarnessServer, serveHarness } from '../../collectors/harness/server.js';
import { packageRoot } from '../../src/packageRoot.js';

/** Serves the harness page and its scripts, for tests that run no model. */
export const serveScripts = (): Promise<HarnessServer> =>
  serveHarness({
    modelPath: join(packageRoot(), 'package.json'),
    externalData: [],
    inputs: [],
    frameworkFolders: {},
    isolated: true,
    scriptFolder: join(packageRoot(), 'dist/browser'),
  });
