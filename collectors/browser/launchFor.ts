import { isGpuBackend } from '../frameworks.js';
import { browserFacts } from './browserFacts.js';
import { type LaunchedBrowser, launchBrowser } from './launchBrowser.js';

export interface LaunchForOptions {
  /** Switches for V8. */
  readonly v8Flags?: readonly string[];
  /** Whether an earlier browser here found a GPU, so that this one need not look. */
  readonly software?: boolean;
}

/** Launches the browser for a backend: for those that compute on the GPU with the hardware if there is some, else in software. */
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
