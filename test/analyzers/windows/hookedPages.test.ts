import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countInferences } from '../../../analyzers/windows/callSeries.js';
import { findBrowser } from '../../../collectors/browser/findBrowser.js';
import { watching } from '../../collectors/page/watching.js';
import { suiteFolder } from '../../collectors/suiteFolder.js';
import { compareWithLog } from '../../pages/compareWithLog.js';
import { expectAgreement } from '../../pages/expectAgreement.js';
import { testPages } from '../../pages/index.js';
import { type PageServer, servePages } from '../../pages/servePages.js';

const BY_HOOKS = 0.8;
/** However slow a page loads, it is watched until it has inferred this often, or for so long. */
const INFERENCES = { wanted: 20, count: countInferences };
const AT_MOST_MS = 60_000;

describe.skipIf(!findBrowser())('inferences of hooked pages (skipped without a browser: trace doctor --fix)', () => {
  const folder = suiteFolder();
  let server: PageServer;
  beforeAll(async () => {
    server = await servePages(folder());
  });
  afterAll(() => server?.close());

  // As a user collects them. Those on WebGPU take too long in software to be here.
  async function foundByHooks(id: string): Promise<void> {
    server.takeLog();
    const { result, folder: path } = await watching(
      folder(),
      { url: server.urlOf(testPages.find((page) => page.id === id)!) },
      { inferences: INFERENCES },
      AT_MOST_MS,
    );
    expect(result.status).toBe('complete');
    const compared = await compareWithLog(path, server.takeLog());
    expect(compared.analysis.inferences!.source).toMatch(/^hooks/);
    expectAgreement(id, compared, BY_HOOKS);
  }

  test.each(['transformers-wasm'])('%s, by hooks', foundByHooks);
  test.each(['hostile-names', 'tfjs-webgl', 'throwing-hooks', 'timing-flood', 'huge-memory'])(
    '%s, by hooks',
    { tags: ['slow'] },
    foundByHooks,
  );
});
