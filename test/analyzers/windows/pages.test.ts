import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findBrowser } from '../../../collectors/browser/findBrowser.js';
import { launchFor } from '../../../collectors/browser/launchBrowser.js';
import { suiteFolder } from '../../collectors/suiteFolder.js';
import { type Comparison, compareWithLog } from '../../pages/compareWithLog.js';
import { expectAgreement } from '../../pages/expectAgreement.js';
import { type TestPage, testPages } from '../../pages/index.js';
import { type RecordPageOptions, recordPage } from '../../pages/recordPage.js';
import { type PageServer, servePages } from '../../pages/servePages.js';

const BY_MARKS = 0.95;
const BY_BURSTS = 0.6;

const pageOf = (id: string): TestPage => testPages.find((page) => page.id === id)!;

describe.skipIf(!findBrowser())('inferences of real pages (skipped without a browser: trace doctor --fix)', () => {
  const folder = suiteFolder();
  let server: PageServer;
  let browser: Browser;
  beforeAll(async () => {
    server = await servePages(folder());
    ({ browser } = await launchFor('wasm'));
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  /** By the trace and CPU samples alone. */
  async function recorded(id: string, options: RecordPageOptions, mark: string | null = null): Promise<Comparison> {
    const page = pageOf(id);
    const path = join(folder(), `${id}-${options.fromStart ?? true}`);
    server.takeLog();
    await recordPage(browser, server.urlOf(page), page, path, options);
    return compareWithLog(path, server.takeLog(), mark);
  }

  const byMarks = async (id: string, mark: string | null) => expectAgreement(id, await recorded(id, {}, mark), BY_MARKS);
  const byBursts = async (id: string, fromStart: boolean) => expectAgreement(id, await recorded(id, { fromStart }), BY_BURSTS);

  test('user-timing, by marks', () => byMarks('user-timing', 'detect text'));
  test('ort-trace, by marks', { tags: ['slow'] }, () => byMarks('ort-trace', null));
  test('ort-worker, by bursts', () => byBursts('ort-worker', true));
  test('ort-main, by bursts, not from its first line on', { tags: ['slow'] }, () => byBursts('ort-main', false));
  test('pthreads, by bursts', { tags: ['slow'] }, () => byBursts('pthreads', true));

  test('a page without inference has none found, and says what was looked for', async () => {
    const { analysis } = await recorded('no-inference', {});
    expect(analysis).toMatchObject({ partition: null, latency: null, inferences: { count: 0, confidence: null } });
    expect(analysis.notes.find(({ id }) => id === 'no-windows')!.text).toMatch(
      /^No inference found\. Looked for: .*bursts of Wasm/,
    );
  });
});
