import { type Browser, chromium } from 'playwright-core';
import { CollectError } from '../collectError.js';
import { findBrowser } from './findBrowser.js';

/**
 * Keep the browser from work of its own. On a closed network its background requests fail by the dozen and cost time; and for
 * each new context it loads two pages of its address bar (200 modules each, half a second of CPU) while ours is being set up.
 * Of two --disable-features Chrome takes the last, so those of Playwright's that keep it quiet stand here again.
 */
const QUIET = [
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${[
    'WebUIOmniboxPopup',
    'WebUIOmniboxAimPopup',
    'DestroyProfileOnBrowserClose',
    'HttpsUpgrades',
    'MediaRouter',
    'NetworkTimeServiceQuerying',
    'OptimizationHints',
    'PaintHolding',
  ].join(',')}`,
];

/** What the browser is to compute on besides the CPU. */
export type GpuUse = 'none' | 'hardware' | 'software';

/**
 * Timestamps of WebGPU are rounded to 0.1 ms without the developer features. Without a GPU the hardware's switches fall back to SwiftShader
 * by themselves, but then WebGL's timer queries are missing.
 */
const GPU_SWITCHES: Readonly<Record<GpuUse, readonly string[]>> = {
  none: [],
  hardware: [
    '--enable-webgpu-developer-features',
    '--enable-unsafe-webgpu',
    '--ignore-gpu-blocklist',
    ...(process.platform === 'linux' ? ['--use-angle=vulkan', '--disable-vulkan-surface', '--enable-features=Vulkan'] : []),
  ],
  software: [
    '--enable-webgpu-developer-features',
    '--enable-unsafe-webgpu',
    '--use-webgpu-adapter=swiftshader',
    '--use-angle=swiftshader',
    '--enable-unsafe-swiftshader',
    '--enable-features=Vulkan',
  ],
};

export interface LaunchOptions {
  /** Switches for V8, e.g. `--no-liftoff`. */
  readonly v8Flags?: readonly string[];
  readonly gpu?: GpuUse;
}

export interface LaunchedBrowser {
  readonly browser: Browser;
  readonly executable: string;
  readonly sandboxed: boolean;
}

/**
 * Launches the found browser, headless. It is driven over a pipe, so it ends by itself when this process does, however that
 * comes about.
 * @throws CollectError if there is no browser or it does not start
 */
export async function launchBrowser({ v8Flags = [], gpu = 'none' }: LaunchOptions = {}): Promise<LaunchedBrowser> {
  const found = findBrowser();
  if (!found) {
    throw new CollectError(
      'No Chrome or Chromium was found. Run "trace doctor --fix" to install one, or name one in INFERSCOPE_CHROME.',
    );
  }
  // Chromium refuses to run its sandbox as root.
  const sandboxed = process.getuid?.() !== 0;
  try {
    const browser = await chromium.launch({
      executablePath: found.executable,
      chromiumSandbox: sandboxed,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      args: [...QUIET, ...GPU_SWITCHES[gpu], ...(v8Flags.length > 0 ? [`--js-flags=${v8Flags.join(' ')}`] : [])],
    });
    return { browser, executable: found.executable, sandboxed };
  } catch (error) {
    const lines = (error as Error).message.split('\n').slice(0, 12).join('\n  ');
    throw new CollectError(
      `${found.executable} did not start:\n  ${lines}\nTry it by hand, or name another browser in INFERSCOPE_CHROME.`,
    );
  }
}
