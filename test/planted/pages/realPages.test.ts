import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { switches } from '../../../collectors/browser/switches.js';
import { openChrome } from '../../collectors/attach/openChrome.js';
import { watching } from '../../collectors/page/watching.js';
import { suiteFolder } from '../../collectors/suiteFolder.js';
import { type Comparison, compareWithLog } from '../../pages/compareWithLog.js';
import { type TestPage, testPages } from '../../pages/index.js';
import { type PageServer, servePages } from '../../pages/servePages.js';

const RECORDED_MS = 12_000;
/** Of a page that is recorded from its first line, which loads its model meanwhile. */
const FROM_START_MS = 20_000;
/** And in a renderer in software compiles its shaders. */
const WITH_SHADERS_MS = 40_000;
/** Until a page that is attached to has loaded its model and infers: as much as the slowest, in a renderer in software, takes. */
const LOADED_MS = 12_000;
const BY_HOOKS = 0.95;
const BY_BURSTS = 0.8;
const UNATTRIBUTED = 0.15;
const WAYS = ['launched', 'attached with --reload', 'attached'] as const;

const INTRODUCTION = `# Inferences found in pages that nobody changed

Every page of \`test/pages\` is launched by its URL, and attached to in a Chromium that was started by itself, with \`--reload\` and without; it is
recorded for ${RECORDED_MS / 1000} s, from its first line on for ${FROM_START_MS / 1000} s (on WebGPU ${WITH_SHADERS_MS / 1000} s). What is found is compared with what the page itself wrote down: recall is the part of the page's inferences that were
found, precision the part of those found that are the page's. One counts as found if what both say has more than half of either in common.
Written by \`PLANTED_REPORT=docs npm run test:planted -- pages\`.
`;

describe('inferences of real pages, as a user collects them', () => {
  const folder = suiteFolder();
  const rows: string[] = [];
  let server: PageServer;
  let chrome: Awaited<ReturnType<typeof openChrome>>;
  beforeAll(async () => {
    server = await servePages(folder());
    chrome = await openChrome(switches('software'));
  });
  afterAll(async () => {
    await chrome?.[Symbol.asyncDispose]();
    await server?.close();
    const table = [
      '| page | how | recall | precision | logged | unattributed | confidence | found by |',
      '| --- | --- | ---: | ---: | ---: | ---: | ---: | --- |',
      ...rows,
    ].join('\n');
    process.stdout.write(`\n${table}\n`);
    if (process.env.PLANTED_REPORT) await writeFile(join(process.env.PLANTED_REPORT, 'pages.md'), `${INTRODUCTION}\n${table}\n`);
  });

  async function collected(page: TestPage, way: (typeof WAYS)[number]): Promise<Comparison> {
    server.takeLog();
    const url = server.urlOf(page);
    const fromStartMs = page.backend === 'webgpu' ? WITH_SHADERS_MS : FROM_START_MS;
    const recordedMs = way === 'attached' ? RECORDED_MS : fromStartMs;
    if (way === 'launched') {
      const { folder: bundle } = await watching(folder(), { url }, {}, recordedMs);
      return compareWithLog(bundle, server.takeLog());
    }
    const answer = await fetch(`http://127.0.0.1:${chrome.port}/json/new?${url}`, { method: 'PUT' });
    const { id } = (await answer.json()) as { id: string };
    try {
      await sleep(LOADED_MS);
      const source = { endpoint: String(chrome.port), tab: id, reload: way !== 'attached', allowRemote: false };
      const { folder: bundle } = await watching(folder(), source, {}, recordedMs);
      return await compareWithLog(bundle, server.takeLog());
    } finally {
      await chrome.closeTab(id);
    }
  }

  describe.each(WAYS)('%s', (way) => {
    test.each(testPages.map((page) => [page.id, page] as const))('%s', async (_, page) => {
      const { analysis, recall, precision, logged } = await collected(page, way);
      const { confidence, source } = analysis.inferences!;
      if (page.backend === null) {
        expect(analysis).toMatchObject({ partition: null, latency: null, inferences: { count: 0, confidence: null } });
        rows.push(`| ${page.id} | ${way} | | | 0 | | | none found |`);
        return;
      }
      const { unattributedShare } = analysis.partition!;
      const cells = [
        page.id,
        way,
        recall.toFixed(2),
        precision.toFixed(2),
        logged,
        unattributedShare.toFixed(3),
        confidence!.toFixed(2),
        source!.replaceAll('|', ' ').slice(0, 70),
      ];
      rows.push(`| ${cells.join(' | ')} |`);
      const wanted = /burst/.test(source!) ? BY_BURSTS : BY_HOOKS;
      expect(recall).toBeGreaterThanOrEqual(wanted);
      expect(precision).toBeGreaterThanOrEqual(wanted);
      expect(unattributedShare).toBeLessThanOrEqual(UNATTRIBUTED);
    });
  });
});
