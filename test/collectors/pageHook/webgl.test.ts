import { expect, test } from 'vitest';
import { findBrowser } from '../../../collectors/browser/findBrowser.js';
import { launchFor } from '../../../collectors/browser/launchBrowser.js';
import { testPages } from '../../pages/index.js';
import { servePages } from '../../pages/servePages.js';
import { suiteFolder } from '../suiteFolder.js';
import { openHooked } from './openHooked.js';

const folder = suiteFolder();

test.skipIf(!findBrowser())(
  'a page that computes with WebGL infers as before, and what it asked of the GPU is there',
  async () => {
    const server = await servePages(folder());
    const { browser } = await launchFor('webgl');
    try {
      const opened = await openHooked(browser, server.urlOf(testPages.find(({ id }) => id === 'tfjs-webgl')!));
      await opened.infers(2);
      // No browser knows such a level, so none gives an adapter for it.
      const refuse = () => navigator.gpu?.requestAdapter({ featureLevel: 'none' } as GPURequestAdapterOptions) ?? null;
      expect(await opened.page.evaluate(refuse)).toBeNull();
      const logs = await opened.takeLogs();
      const gpu = logs.flatMap((one) => one.gpu ?? []);
      expect(logs.flatMap(({ problems }) => problems)).toEqual([]);
      expect(gpu).toHaveLength(1);
      expect(gpu[0]!.names).toContain('linkProgram');
      expect(new Set(gpu[0]!.calls.context)).toEqual(new Set([0]));
      const given = { refused: 0, failed: 0, reason: '' };
      expect(gpu[0]!.asked).toEqual([
        { ...given, what: 'webgl2', count: expect.any(Number) },
        { ...given, what: 'adapter', count: 1, refused: 1 },
      ]);
      // Textures are made, and those that are no longer needed are kept for the next inference.
      const held = gpu[0]!.calls.heldBytes!;
      expect(held).toHaveLength(gpu[0]!.calls.name.length);
      expect(Math.min(...held)).toBeGreaterThanOrEqual(0);
      expect(held.at(-1)).toBeGreaterThan(1_000_000);
      expect(gpu[0]!.clock.mark).toMatch(/^inferscope:page:/);
      expect(await opened.remove()).toEqual([]);
      await opened.infers(1);
      expect(opened.complaints).toEqual([]);
    } finally {
      await browser.close();
      await server.close();
    }
  },
);
