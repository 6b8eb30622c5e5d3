import type { Browser } from 'playwright-core';
import { didNotStart } from './didNotStart.js';
import { chromium } from './playwright.js';
import { type Launchable, requireBrowser } from './requireBrowser.js';
import { type GpuUse, switches } from './switches.js';

export interface LaunchOptions {
  /** Switches for V8, e.g. `--no-liftoff`. */
  readonly v8Flags?: readonly string[];
  readonly gpu?: GpuUse;
}

export interface LaunchedBrowser extends Launchable {
  readonly browser: Browser;
}

/**
 * Launches the found browser, headless. It is driven over a pipe, so it ends by itself when this process does, however that
 * comes about.
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
      args: [...switches(gpu), ...(v8Flags.length > 0 ? [`--js-flags=${v8Flags.join(' ')}`] : [])],
    });
    return { browser, executable, sandboxed };
  } catch (error) {
    throw didNotStart(executable, (error as Error).message);
  }
}
