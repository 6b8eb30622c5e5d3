import type { Browser } from 'playwright-core';
import { browserFacts, launchFor } from './browser/launchBrowser.js';
import type { CollectOptions } from './collectOptions.js';
import { type HarnessContent, type HarnessServer, type ServedPage, serveHarness } from './harness/server.js';
import { contentOf } from './harness/subject.js';
import type { Progress } from './progress.js';
import type { RunRecord } from './runRecord.js';
import { within } from './within.js';

/** The browser of a run and the server of its page, which its passes share. */
export interface OpenedRun {
  readonly browser: Browser;
  readonly server: HarnessServer;
  /** A further server of the same page, with another property; it ends with the run. */
  serve(page: ServedPage): Promise<HarnessServer>;
  /** Closes all of them. Never fails. */
  close(): Promise<void>;
}

/** Longest wait for a browser or server to close. After that, it ends with this process. */
const CLOSE_LIMIT_MS = 30_000;

/**
 * Starts what a run needs, and writes into its record in which browser it runs.
 * @param content what is served beside the model
 */
export async function openRun(
  options: CollectOptions,
  { manifest }: RunRecord,
  progress: Progress,
  content: Partial<HarnessContent> = {},
): Promise<OpenedRun> {
  const closers: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const one of closers.reverse()) await within(CLOSE_LIMIT_MS, one()).catch(() => {});
  };
  try {
    progress.step('Starting the browser');
    const launched = await launchFor(options.backend, { v8Flags: options.v8Flags ?? [] });
    closers.push(() => launched.browser.close());
    manifest.browser = await browserFacts(launched);
    if (!launched.sandboxed) progress.note('Running as root: Chromium starts without its sandbox (--no-sandbox).');
    const serve = async (page: ServedPage): Promise<HarnessServer> => {
      const serving = await serveHarness({ ...contentOf(options), ...content, ...page });
      closers.push(() => serving.close());
      return serving;
    };
    return { browser: launched.browser, server: await serve({ isolated: options.isolated }), serve, close };
  } catch (error) {
    await close();
    throw error;
  }
}
