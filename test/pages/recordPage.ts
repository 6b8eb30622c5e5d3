import type { Browser, Page } from 'playwright-core';
import { recordRun } from '../../collectors/recordRun.js';
import { createBundle } from '../../src/bundle/bundleWriter.js';
import type { PageManifest } from '../../src/bundle/pageManifest.js';
import { buildPageManifest } from '../bundle/buildPageManifest.js';
import type { TestPage } from './index.js';
import type { PageLogEntry } from './pageLogEntry.js';

export interface RecordPageOptions {
  /** Recording begins with the page's first line, or once it has inferred a few times. */
  readonly fromStart?: boolean;
  /** Steady inferences to be recorded; of a page without any, a second and a half. */
  readonly inferences?: number;
}

const SAMPLING_US = 1000;
/** Far beyond what any of the pages takes. */
const LIMIT_MS = 60_000;
const QUIET_MS = 1500;

/**
 * Records a page of the tests into a bundle, as from outside: by the trace and CPU samples alone, with the Wasm that it fetched.
 * @param browser launched for the page's backend
 * @param folder of the bundle; must be empty or missing
 */
export async function recordPage(
  browser: Browser,
  url: string,
  { id, backend, documents }: TestPage,
  folder: string,
  { fromStart = true, inferences = 8 }: RecordPageOptions = {},
): Promise<void> {
  const writer = await createBundle(folder);
  const context = await browser.newContext();
  const modules: PageManifest['modules'][number][] = [];
  const fetched: Promise<void>[] = [];
  context.on('response', (response) => {
    if (!/\.wasm(\?|$)/.test(response.url())) return;
    const keep = async () => {
      const module = await writer.module(response.url(), await response.body());
      if (!modules.some(({ sha256 }) => sha256 === module.sha256)) modules.push(module);
    };
    fetched.push(keep().catch(() => {}));
  });
  try {
    const page = await context.newPage();
    const steady = async (): Promise<number> => (await logOf(page)).filter(({ phase }) => phase === 'steady').length;
    const until = async (wanted: number): Promise<void> => {
      for (const limit = Date.now() + LIMIT_MS; (await steady()) < wanted; ) {
        if (Date.now() > limit) throw new Error(`${id} did not infer ${wanted} times within ${LIMIT_MS / 1000} s`);
        await page.waitForTimeout(100);
      }
    };
    if (!fromStart) {
      await page.goto(url);
      await until(2);
    }
    const before = fromStart ? 0 : await steady();
    const cdp = await context.newCDPSession(page);
    const startUs = nowUs();
    const recording = await recordRun(cdp, backend === 'webgl' || backend === 'webgpu', SAMPLING_US);
    if (fromStart) await page.goto(url);
    if (backend === null) await page.waitForTimeout(QUIET_MS);
    else await until(before + inferences + (documents - 1) * 4);
    const endUs = nowUs();
    await Promise.all(fetched);
    const { trace, samples } = await recording.stop(
      writer.tracePath,
      modules.map((module) => module.url),
    );
    const manifest = buildPageManifest({
      page: { ...buildPageManifest().page, url, title: id, opened: fromStart ? 'launched' : 'attached', fromStart },
      recorded: { startUs, endUs },
      trace,
      modules,
      collectors: { samples },
    });
    await writer.manifest(manifest);
  } finally {
    await context.close();
  }
}

const nowUs = (): number => Number(process.hrtime.bigint()) / 1000;

/** While a page goes on to another there is nothing to ask. */
const logOf = (page: Page): Promise<readonly PageLogEntry[]> =>
  page.evaluate(() => (globalThis as unknown as { log?: PageLogEntry[] }).log ?? []).catch(() => []);
