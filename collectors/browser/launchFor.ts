import { isGpuBackend } from '../frameworks.js';
import { browserFacts } from './browserFacts.js';
import { type LaunchedBrowser, launchBrowser } from './launchBrowser.js';

/** Launches the browser for a backend: for those that compute on the GPU with the hardware if there is some, else in software. */
export async function launchFor(backend: string, v8Flags: readonly string[] = []): Promise<LaunchedBrowser> {
  if (!isGpuBackend(backend)) return launchBrowser({ v8Flags });
  const launched = await launchBrowser({ v8Flags, gpu: 'hardware' });
  const { softwareRendering } = await browserFacts(launched);
  if (softwareRendering === false) return launched;
  await launched.browser.close();
  return launchBrowser({ v8Flags, gpu: 'software' });
}
