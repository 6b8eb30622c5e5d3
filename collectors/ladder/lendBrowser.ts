import type { Browser } from 'playwright-core';
import { launchFor } from '../browser/launchBrowser.js';
import { isGpuBackend } from '../frameworks.js';
import type { Rung } from './rungs.js';

/** A browser that a page is opened in. */
export interface LentBrowser {
  readonly browser: Browser;
  /** Called once the page is closed. The browser ends with the last one. Never fails. */
  release(): Promise<void>;
}

/** @param software whether the browser has no GPU and uses software rendering */
export type LendBrowser = (rung: Pick<Rung, 'backend' | 'v8Flags'>, software: boolean) => Promise<LentBrowser>;

/** Each rung gets a browser of its own. */
export const ownBrowser: LendBrowser = async ({ backend, v8Flags }, software) => {
  const { browser } = await launchFor(backend, { v8Flags, software });
  return { browser, release: () => browser.close().catch(() => {}) };
};

/**
 * Rungs with the same switches share a browser while one of them is open, which takes less time to open and fewer processes beside those that
 * compute. Each page is in a context of its own, so in renderer processes of its own, and those have the luck that lasts for life. On the
 * GPU the process that computes is one for all pages: there each rung gets a browser.
 */
export function sharedBrowsers(): LendBrowser {
  const lent = new Map<string, { readonly opened: Promise<LentBrowser>; users: number }>();
  return async (rung, software) => {
    if (isGpuBackend(rung.backend)) return ownBrowser(rung, software);
    const key = rung.v8Flags.join(' ');
    const shared = lent.get(key) ?? { opened: ownBrowser(rung, software), users: 0 };
    lent.set(key, shared);
    shared.users++;
    const release = async (): Promise<void> => {
      shared.users--;
      if (shared.users > 0) return;
      lent.delete(key);
      await shared.opened.then((own) => own.release()).catch(() => {});
    };
    try {
      return { browser: (await shared.opened).browser, release };
    } catch (error) {
      await release();
      throw error;
    }
  };
}
