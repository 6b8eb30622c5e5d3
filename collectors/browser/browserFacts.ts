import { z } from 'zod';
import { isSoftwareRenderer } from '../../src/bundle/isSoftwareRenderer.js';
import type { Manifest } from '../../src/bundle/manifest.js';
import { featureState } from './featureState.js';
import type { LaunchedBrowser } from './launchBrowser.js';

const systemInfo = z.object({
  gpu: z.object({
    devices: z.array(
      z.object({
        vendorString: z.string(),
        deviceString: z.string(),
        driverVendor: z.string().default(''),
        driverVersion: z.string().default(''),
      }),
    ),
    auxAttributes: z.record(z.string(), z.unknown()).optional(),
    featureStatus: z.record(z.string(), z.unknown()).optional(),
  }),
  commandLine: z.string().optional(),
});

/** Product, command line and GPU of a running browser, over the protocol's Browser and SystemInfo domains. */
export async function browserFacts({
  browser,
  executable,
  sandboxed,
}: LaunchedBrowser): Promise<NonNullable<Manifest['browser']>> {
  const cdp = await browser.newBrowserCDPSession();
  try {
    const { product } = await cdp.send('Browser.getVersion');
    const info = systemInfo.safeParse(await cdp.send('SystemInfo.getInfo'));
    const renderer = info.success ? rendererOf(info.data) : null;
    const softwareRendering = renderer === null ? null : isSoftwareRenderer(renderer);
    const state = (feature: string): ReturnType<typeof featureState> => {
      const status = info.data?.gpu.featureStatus?.[feature];
      return featureState(typeof status === 'string' ? status : undefined, softwareRendering);
    };
    return {
      product,
      executable,
      headless: true,
      sandboxed,
      commandLine: (info.success && info.data.commandLine) || null,
      gpu: renderer,
      softwareRendering,
      driver: info.success ? driverOf(info.data) : null,
      webgl: state('webgl'),
      webgpu: state('webgpu'),
    };
  } finally {
    await cdp.detach().catch(() => {});
  }
}

function driverOf({ gpu }: z.infer<typeof systemInfo>): string | null {
  const device = gpu.devices[0];
  return device ? `${device.driverVendor} ${device.driverVersion}`.trim() || null : null;
}

function rendererOf({ gpu }: z.infer<typeof systemInfo>): string | null {
  const renderer = gpu.auxAttributes?.glRenderer;
  if (typeof renderer === 'string' && renderer !== '') return renderer;
  const device = gpu.devices[0];
  return device ? `${device.vendorString} ${device.deviceString}`.trim() || null : null;
}
