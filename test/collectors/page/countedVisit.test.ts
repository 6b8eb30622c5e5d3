import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findInferences } from '../../../analyzers/windows/callSeries.js';
import { findBrowser } from '../../../collectors/browser/findBrowser.js';
import { countedVisit } from '../../../collectors/page/countedVisit.js';
import { launchPage } from '../../../collectors/page/launchPage.js';
import { startPageRecord } from '../../../collectors/page/pageRecord.js';
import { silent } from '../../../collectors/progress.js';
import { readBundle } from '../../../src/bundle/readBundle.js';
import { testPages } from '../../pages/index.js';
import { pthreadsModule } from '../../pages/pthreadsModule.js';
import { type PageServer, servePages } from '../../pages/servePages.js';
import { suiteFolder } from '../suiteFolder.js';

describe.skipIf(!findBrowser())(
  'another visit that counts (skipped without a browser: trace doctor --fix)',
  {
    tags: ['slow'],
  },
  () => {
    const folder = suiteFolder();
    let server: PageServer;
    beforeAll(async () => {
      server = await servePages(folder());
    });
    afterAll(() => server?.close());

    test('counts what a pool of threads does, which sleep in Wasm and answer nobody: to the digit', async () => {
      const pthreads = testPages.find(({ id }) => id === 'pthreads')!;
      const target = await launchPage(server.urlOf(pthreads), silent);
      try {
        const record = await startPageRecord(join(folder(), 'pthreads'), '0', target, { fromStart: true, mark: null, until: '' });
        record.manifest.modules.push(await record.writer.module('', pthreadsModule));
        const options = { find: findInferences, roles: new Map(), sampledAt: new Set<number>(), recordedMs: 30_000 };
        await countedVisit(target, record, options, silent, new AbortController().signal);
        expect(record.manifest.collectors.counts).toMatchObject({ outcome: 'done' });
        await record.save();
        const { counts } = await readBundle(record.writer.folder);
        expect(counts).toMatchObject({ threads: 2, modules: [{ functions: [{ index: 0 }, { index: 1 }, { index: 2 }] }] });
        const { predictions, modules } = counts!;
        const [kernel, thread, infer] = modules[0]!.functions;
        expect(infer!.calls).toBe(predictions);
        // Of each inference both threads do ten thousand rounds of 1,024 vectors.
        expect(kernel).toMatchObject({ calls: 20_000 * predictions, executed: { simdFloat: 2 * 20_480_000 * predictions } });
        expect(thread!.loops.map(({ iterations }) => iterations)).toEqual([predictions, 10_000 * predictions]);
      } finally {
        await target.close();
      }
    });
  },
);
