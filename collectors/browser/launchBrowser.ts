import type { Browser, BrowserContext } from 'playwright-core';
import type { Manifest } from '../../src/bundle/manifest.js';
import { isGpuBackend } from '../frameworks.js';
import { didNotStart, type Launchable, requireBrowser } from './findBrowser.js';
import { ownFacts } from './ownFacts.js';
import { chromium } from './playwright.js';
import { type GpuUse, switches } from './switches.js';
import { whileConnected } from './whileConnected.js';

export interface LaunchedBrowser extends Launchable {
  readonly browser: Browser;
}

export interface LaunchOptions {
  /** Switches for V8, e.g. `--no-liftoff`. */
  readonly v8Flags?: readonly string[];
  readonly gpu?: GpuUse;
}

/**
 * Launches the found browser, headless. It is driven over a pipe, so it ends when this process ends, for whatever reason.
 * @throws CollectError if there is no browser or it does not start
 */
export async function launchBrowser({ v8Flags = [], gpu = 'none' }: LaunchOptions = {}): Promise<LaunchedBrowser> {
  const { executable, sandboxed } = requireBrowser();
  try {
    const browser = await chromium().launch({
      executablePath: executable,
      chromiumSandbox: sandboxed,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      args: switches(gpu, v8Flags),
    });
    return { browser, executable, sandboxed };
  } catch (error) {
    throw didNotStart(executable, (error as Error).message);
  }
}

/**
 * Launches the browser with a profile of its own that outlasts it, so that its caches on disk do. What `launchBrowser` opens is private: it
 * keeps nothing on disk.
 * @param profile an existing folder
 * @throws CollectError if there is no browser or it does not start
 */
export async function launchProfile(profile: string, gpu: GpuUse): Promise<BrowserContext> {
  const { executable, sandboxed } = requireBrowser();
  try {
    return await chromium().launchPersistentContext(profile, {
      executablePath: executable,
      chromiumSandbox: sandboxed,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      args: switches(gpu),
    });
  } catch (error) {
    throw didNotStart(executable, (error as Error).message);
  }
}

export interface LaunchForOptions {
  /** Switches for V8. */
  readonly v8Flags?: readonly string[];
  /** Whether an earlier launch found no GPU, so that this one need not look for it. */
  readonly software?: boolean;
}

/** Launches the browser for a backend. A GPU backend gets the hardware if there is some, otherwise software rendering. */
export async function launchFor(backend: string, { v8Flags = [], software }: LaunchForOptions = {}): Promise<LaunchedBrowser> {
  if (!isGpuBackend(backend)) return launchBrowser({ v8Flags });
  if (software === true) return launchBrowser({ v8Flags, gpu: 'software' });
  const launched = await launchBrowser({ v8Flags, gpu: 'hardware' });
  if (software === false) return launched;
  const { softwareRendering } = await browserFacts(launched);
  if (softwareRendering === false) return launched;
  await launched.browser.close();
  return launchBrowser({ v8Flags, gpu: 'software' });
}

/** Product, command line and GPU of a launched browser. */
export async function browserFacts({
  browser,
  executable,
  sandboxed,
}: LaunchedBrowser): Promise<NonNullable<Manifest['browser']>> {
  const cdp = await whileConnected(browser, browser.newBrowserCDPSession());
  try {
    return { ...(await whileConnected(browser, ownFacts(cdp))), executable, headless: true, sandboxed };
  } finally {
    await cdp.detach().catch(() => {});
  }
}
