import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findBrowser } from '../../../collectors/browser/findBrowser.js';
import { launchFor } from '../../../collectors/browser/launchBrowser.js';
import type { RealmLogs } from '../../../collectors/pageHook/hooked.js';
import { testPages } from '../../pages/index.js';
import type { PageLogEntry } from '../../pages/pageLogEntry.js';
import { type PageServer, servePages } from '../../pages/servePages.js';
import { suiteFolder } from '../suiteFolder.js';
import { openHooked } from './openHooked.js';

const INFERENCES = 5;
const WORTH_MS = 2;
/** The clock of a page that is not isolated goes in steps of 0.1 ms, and so does each end. */
const STEP_MS = 1;

const pageOf = (id: string) => testPages.find((page) => page.id === id)!;

describe.skipIf(!findBrowser())('a page that was hooked (skipped without a browser: trace doctor --fix)', () => {
  const folder = suiteFolder();
  let server: PageServer;
  let browser: Browser;
  beforeAll(async () => {
    server = await servePages(folder());
    ({ browser } = await launchFor('wasm'));
  });
  afterAll(async () => {
    await browser.close();
    await server.close();
  });

  const title = '%s infers as before, its calls into Wasm are its inferences, and its module is there';
  test.each(['ort-worker', 'throwing-hooks'])(title, staysAsItWas);
  test.each(['ort-main', 'pthreads', 'transformers-wasm', 'hostile-names'])(title, { tags: ['slow'] }, staysAsItWas);

  async function staysAsItWas(id: string): Promise<void> {
    const opened = await openHooked(browser, server.urlOf(pageOf(id)));
    try {
      const log = await opened.infers(INFERENCES);
      const logs = await opened.takeLogs();
      expect(opened.complaints).toEqual([]);
      const modules = logs.flatMap(({ modules: of }) => of);
      expect(modules.length).toBeGreaterThan(0);
      expect(modules.every(({ bytes }) => WebAssembly.validate(bytes as Uint8Array<ArrayBuffer>))).toBe(true);
      const { recall, precision, calls } = agreement(callsOf(logs, await timeOrigin(opened.page, id)), log);
      console.log(`${id}: ${calls} calls of ${WORTH_MS} ms and more; recall ${recall}, precision ${precision}`);
      const held = logs.flatMap(({ wasm }) => wasm?.calls.memoryBytes ?? []);
      expect(Math.max(...held)).toBeGreaterThan(1 << 20);
      const again = await opened.takeLogs();
      expect(again.flatMap(({ modules: of }) => of)).toEqual([]);
      const known = new Set(modules.map(({ sha256 }) => sha256));
      const named = again.flatMap(({ wasm }) => wasm?.instances ?? []).filter(({ sha256 }) => sha256 !== null);
      expect(named.length).toBeGreaterThan(0);
      expect(named.every(({ sha256 }) => known.has(sha256!))).toBe(true);
      // Of the few that there are one may be lost to a machine that is busy with other tests.
      expect((1 - Math.min(recall, precision)) * calls).toBeLessThan(1.5);
      const left = await opened.remove();
      // A thread of a pool, which sleeps in Wasm until there is work, may answer nobody.
      if (pageOf(id).threads === 1) expect(left.length > 0).toBe(id === 'throwing-hooks');
      await opened.infers(1);
      expect(opened.complaints).toEqual([]);
    } finally {
      await opened.close();
    }
  }
});

interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

/** Of the realm that infers, by the prototype's own getter: a page may have put another over it. */
async function timeOrigin(page: Page, id: string): Promise<number> {
  const ask = () => Object.getOwnPropertyDescriptor(Performance.prototype, 'timeOrigin')!.get!.call(performance) as number;
  return pageOf(id).realm === 'worker' ? page.workers()[0]!.evaluate(ask) : page.evaluate(ask);
}

/** Calls of the realm that was in Wasm for the longest, on the clock that the pages' logs are on. */
function callsOf(logs: readonly RealmLogs[], originMs: number): Span[] {
  const realms = logs.flatMap(({ wasm }) => (wasm ? [wasm.calls] : []));
  const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
  const [busiest] = realms.sort((one, other) => sum(other.tookMs) - sum(one.tookMs));
  return busiest!.atMs.map((atMs, i) => ({ startMs: originMs + atMs, endMs: originMs + atMs + busiest!.tookMs[i]! }));
}

/** What share of the inferences have such a call, and what share of such calls is part of an inference or of loading. */
function agreement(calls: readonly Span[], log: readonly PageLogEntry[]): { recall: number; precision: number; calls: number } {
  const lastMs = Math.max(...log.map(({ endMs }) => endMs));
  const long = calls.filter(({ startMs, endMs }) => endMs - startMs >= WORTH_MS && endMs <= lastMs);
  const isIn = (call: Span, entry: Span) => call.startMs >= entry.startMs - STEP_MS && call.endMs <= entry.endMs + STEP_MS;
  const inferences = log.filter(({ phase }) => phase !== 'load');
  return {
    recall: inferences.filter((entry) => long.some((call) => isIn(call, entry))).length / inferences.length,
    precision: long.filter((call) => log.some((entry) => isIn(call, entry))).length / long.length,
    calls: long.length,
  };
}
