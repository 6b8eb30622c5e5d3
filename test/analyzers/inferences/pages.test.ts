import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Analysis } from '../../../analyzers/analysis.js';
import { analyze } from '../../../analyzers/index.js';
import { wasmFrames } from '../../../analyzers/wasmFrames.js';
import { findWindows, type Window } from '../../../analyzers/windows.js';
import { findBrowser } from '../../../collectors/browser/findBrowser.js';
import { launchFor } from '../../../collectors/browser/launchFor.js';
import { loadInput } from '../../../src/loadInput.js';
import { suiteFolder } from '../../collectors/suiteFolder.js';
import { type TestPage, testPages } from '../../pages/index.js';
import { type LoggedInference, type RecordPageOptions, recordPage } from '../../pages/recordPage.js';
import { type PageServer, servePages } from '../../pages/servePages.js';

const BY_MARKS = 0.95;
/** What is printed is 0.8 and more where nothing else runs; the least that is asked is for a machine that is busy with other tests. */
const BY_BURSTS = 0.6;
const BY_FEW_SAMPLES = 0.5;
const BY_SCATTERED = 0.3;
const UNATTRIBUTED = 0.15;

interface Case extends RecordPageOptions {
  readonly page: TestPage;
  /** As a user would name it. */
  readonly mark?: string;
  readonly wanted: number;
}

const pageOf = (id: string): TestPage => testPages.find((page) => page.id === id)!;
const named = (id: string, wanted: number, more: Partial<Case> = {}): Case => ({ page: pageOf(id), wanted, ...more });

/**
 * Those of which the pages’ own samples are all there: of one that navigates the first page's are lost without hooks. Nor that of transformers.js on
 * Wasm, of whose inferences of 4 ms two or three samples tell: that there is one, and hardly its edges.
 */
const cases: readonly Case[] = [
  named('user-timing', BY_MARKS, { mark: 'detect text' }),
  named('ort-trace', BY_MARKS),
  named('ort-main', BY_BURSTS),
  named('ort-main', BY_BURSTS, { fromStart: false }),
  named('ort-worker', BY_BURSTS),
  named('pthreads', BY_BURSTS),
  named('nested', BY_BURSTS),
  named('throwing-hooks', BY_BURSTS),
  // The flood keeps the thread from its rest, so that one may be taken with the next.
  named('timing-flood', BY_FEW_SAMPLES),
  named('hostile-names', BY_BURSTS),
  // Ten and more submissions to an inference: where other tests take the cores, they come in several bursts.
  named('tfjs-webgl', BY_SCATTERED),
  named('transformers-webgpu', BY_BURSTS),
];

describe.skipIf(!findBrowser())('inferences of real pages (skipped without a browser: trace doctor --fix)', () => {
  const folder = suiteFolder();
  let server: PageServer;
  beforeAll(async () => {
    server = await servePages(folder());
  });
  afterAll(() => server.close());

  describe.each(['wasm', 'webgpu'])('in a browser for %s', (backend) => {
    let browser: Browser;
    beforeAll(async () => {
      ({ browser } = await launchFor(backend));
    });
    afterAll(() => browser.close());

    const isHere = ({ page }: Case): boolean => (page.backend === 'wasm') === (backend === 'wasm');
    test.each(
      cases.filter(isHere).map((each) => [each.page.id, each.fromStart === false ? 'attached' : 'launched', each] as const),
    )('%s, %s', async (id, how, { page, mark = null, wanted, ...options }) => {
      const path = join(folder(), `${id}-${how}`);
      const { log } = await recordPage(browser, server.urlOf(page), page, path, options);
      const { analysis, found } = await analyzed(path, mark);
      const logged = log.filter(({ phase }) => phase !== 'load');
      const recall = shareOf(logged, (entry) => found.some((window) => matches(window, entry)));
      const precision = shareOf(found, (window) => logged.some((entry) => matches(window, entry)));
      const { confidence, source } = analysis.inferences!;
      const { unattributedShare } = analysis.partition!;
      process.stdout.write(
        `${id} ${how}: recall ${recall.toFixed(2)}, precision ${precision.toFixed(2)} of ${logged.length}, unattributed ${unattributedShare.toFixed(3)}, confidence ${confidence!.toFixed(2)}, ${source!.slice(0, 60)}\n`,
      );
      expect(recall).toBeGreaterThanOrEqual(wanted);
      expect(precision).toBeGreaterThanOrEqual(wanted);
      expect(unattributedShare).toBeLessThanOrEqual(UNATTRIBUTED);
      expect(confidence).toBeGreaterThan(0);
      expect(analysis.latency!.prediction!.n).toBeGreaterThan(2);
    });

    test.runIf(backend === 'wasm')('a page without inference has none found, and says what was looked for', async () => {
      const page = pageOf('no-inference');
      const path = join(folder(), page.id);
      await recordPage(browser, server.urlOf(page), page, path);
      const { analysis } = await analyzed(path, null);
      expect(analysis).toMatchObject({ partition: null, latency: null, inferences: { count: 0, confidence: null } });
      expect(analysis.notes.find(({ id }) => id === 'no-windows')!.text).toMatch(
        /^No inference found\. Looked for: .*bursts of Wasm/,
      );
    });
  });
});

async function analyzed(path: string, mark: string | null): Promise<{ analysis: Analysis; found: readonly Window[] }> {
  const input = await loadInput(path, { mark });
  const { functions } = wasmFrames(input.trace!, input.modules);
  const { windows, leading } = findWindows(input.trace!, null, mark, functions, { page: input.page });
  return { analysis: analyze(input), found: [...leading, ...windows] };
}

/** The overlap is more than half of both. */
function matches(one: Omit<Window, 'thread' | 'offCpuUs'>, other: Pick<LoggedInference, 'startUs' | 'endUs'>): boolean {
  const sharedUs = Math.min(one.endUs, other.endUs) - Math.max(one.startUs, other.startUs);
  return sharedUs > (one.endUs - one.startUs) / 2 && sharedUs > (other.endUs - other.startUs) / 2;
}

function shareOf<T>(all: readonly T[], is: (one: T) => boolean): number {
  return all.length === 0 ? 0 : all.filter(is).length / all.length;
}
