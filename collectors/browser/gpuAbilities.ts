import type { Manifest } from '../../src/bundle/manifest.js';
import { browserFacts, launchFor } from './launchBrowser.js';
import { whileConnected } from './whileConnected.js';

export interface GpuAbilities {
  readonly facts: NonNullable<Manifest['browser']>;
  /** A page gets a WebGL 2 context, or a WebGPU adapter. */
  readonly webgl: boolean;
  readonly webgpu: boolean;
  /** The device can time a page's work: by WebGL's timer queries, or WebGPU's timestamps. */
  readonly timesWebgl: boolean;
  readonly timesWebgpu: boolean;
}

/** WebGPU requires a secure context, and localhost is one. */
const PAGE = 'http://localhost/inferscope';

/**
 * Launches the browser as for a run on the GPU, and asks the browser and a page for their abilities.
 * @throws CollectError if it does not start
 */
export async function gpuAbilities(): Promise<GpuAbilities> {
  const launched = await launchFor('webgpu');
  try {
    const facts = await browserFacts(launched);
    const page = await whileConnected(launched.browser, launched.browser.newPage());
    await page.route(PAGE, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
    await page.goto(PAGE);
    const seen = await page.evaluate(async () => {
      const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
      const adapter = (await navigator.gpu?.requestAdapter().catch(() => null)) ?? null;
      return {
        webgl: gl !== null,
        webgpu: adapter !== null,
        timesWebgl: gl?.getExtension('EXT_disjoint_timer_query_webgl2') != null,
        timesWebgpu: adapter?.features.has('timestamp-query') ?? false,
      };
    });
    return { facts, ...seen };
  } finally {
    await launched.browser.close();
  }
}
