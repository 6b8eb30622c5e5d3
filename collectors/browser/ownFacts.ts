import { z } from 'zod';
import { isSoftwareRenderer } from '../../src/bundle/gpuNames.js';
import type { Manifest } from '../../src/bundle/manifest.js';
import type { ProtocolSession } from '../protocolSession.js';

type Facts = Omit<NonNullable<Manifest['browser']>, 'executable' | 'headless' | 'sandboxed'>;

const version = z.object({ product: z.string() });
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

/** Product, command line and GPU of a running browser, as reported over a session with the browser. */
export async function ownFacts(browser: ProtocolSession): Promise<Facts> {
  const { product } = version.parse(await browser.send('Browser.getVersion'));
  const info = systemInfo.safeParse(await browser.send('SystemInfo.getInfo'));
  const renderer = info.success ? rendererOf(info.data) : null;
  const softwareRendering = renderer === null ? null : isSoftwareRenderer(renderer);
  const state = (feature: string): ReturnType<typeof featureState> => {
    const status = info.data?.gpu.featureStatus?.[feature];
    return featureState(typeof status === 'string' ? status : undefined, softwareRendering);
  };
  return {
    product,
    commandLine: (info.success && info.data.commandLine) || null,
    gpu: renderer,
    softwareRendering,
    driver: info.success ? driverOf(info.data) : null,
    webgl: state('webgl'),
    webgpu: state('webgpu'),
  };
}

/** What a browser draws with, in its own words; null what it does not say. */
interface DrawingFacts {
  /** How it puts its frames together. */
  readonly gpuCompositing: string | null;
  readonly renderer: string | null;
}

/** How a running browser puts its frames together, and what draws for it, as reported over a session with the browser. */
export async function drawingFacts(browser: ProtocolSession): Promise<DrawingFacts> {
  const info = systemInfo.safeParse(await browser.send('SystemInfo.getInfo'));
  const status = info.data?.gpu.featureStatus?.gpu_compositing;
  const renderer = info.success ? rendererOf(info.data) : null;
  return {
    gpuCompositing: typeof status === 'string' ? status.slice(0, 100) : null,
    renderer: renderer?.slice(0, 300) ?? null,
  };
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

/** How the browser serves a graphics interface. */
export type FeatureState = 'hardware' | 'software' | 'off';

/**
 * Maps the GPU process's status of a feature (`enabled`, `unavailable_software`, `disabled_off`, …) to a state. An enabled
 * feature on a software renderer counts as software.
 * https://source.chromium.org/chromium/chromium/src/+/main:content/browser/gpu/compositor_util.cc
 */
export function featureState(status: string | undefined, softwareRendering: boolean | null): FeatureState | null {
  if (status === undefined) return null;
  if (status.startsWith('enabled')) return softwareRendering ? 'software' : 'hardware';
  return /software/.test(status) ? 'software' : 'off';
}
