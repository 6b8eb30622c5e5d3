import type { Analysis, GpuDevice } from '../../analyzers/analysis.js';
import { gpuApi } from '../../analyzers/gpu/gpuApi.js';
import { inertText } from '../text/inertText.js';

/** What is known of the device of a GPU run. */
export interface RanOn {
  /** Short, and inert: "SwiftShader", "NVIDIA GeForce RTX 4070". */
  readonly name: string;
  /** "WebGL", "WebGPU". */
  readonly api: string;
  /** Computed by the CPU, without a GPU; null where neither the page nor the browser told. */
  readonly software: boolean | null;
  /** As the API told it; null where it told nothing and the browser alone is known. */
  readonly device: GpuDevice | null;
}

/**
 * The device that a GPU run used: that of the backend’s own API, where the page opened several.
 * @returns null where the run did not ask for a GPU, and called none
 */
export function gpuDevice({ run, gpu, browser }: Analysis): RanOn | null {
  const backend = run && gpuApi(run.backend) !== null ? run.backend : null;
  const device = gpu?.devices.find(({ api }) => api === backend) ?? gpu?.devices[0] ?? null;
  if (backend === null && !(gpu && calledAny(gpu))) return null;
  const api = apiName(device?.api ?? backend ?? '');
  if (device) return { name: deviceName(device), api, software: device.software, device };
  const told = browser?.gpu ?? null;
  return {
    name: told === null ? 'an unknown device' : shortName(told),
    api,
    software: browser?.softwareRendering ?? null,
    device,
  };
}

/** The adapter in few words. */
export function deviceName({ vendor, architecture, description }: GpuDevice): string {
  const words = [description, `${vendor} ${architecture}`.trim()].find((text) => text.trim() !== '');
  return shortName(words ?? 'an unnamed device');
}

/** "WebGL" or "WebGPU"; any other text as it is. */
export function apiName(api: string): string {
  return gpuApi(api) ?? inertText(api, 20);
}

/** "software rendering, no GPU" or "hardware". */
export function kindOfDevice(software: boolean | null): string {
  if (software === null) return 'software or hardware unknown';
  return software ? 'software rendering, no GPU' : 'hardware';
}

function calledAny({ phases }: NonNullable<Analysis['gpu']>): boolean {
  return Object.values(phases).some((phase) => phase !== null && phase.submissions + phase.dispatches > 0);
}

/**
 * ANGLE writes "ANGLE (vendor, API version (device (id)), driver)": the device is what matters.
 * https://chromium.googlesource.com/angle/angle/+/main/src/libANGLE/renderer/
 */
function shortName(description: string): string {
  const text = description.slice(0, 400);
  const software = /swiftshader|llvmpipe/i.exec(text)?.[0].toLowerCase();
  if (software) return software === 'llvmpipe' ? 'llvmpipe' : 'SwiftShader';
  const renderer = /^ANGLE \([^,]*, ([^,]*)/.exec(text)?.[1] ?? text;
  const inner = /^(?:Vulkan|OpenGL)[\w. ]*\((.*)\)$/.exec(renderer)?.[1] ?? renderer;
  return inertText(inner.replace(/ \(0x[0-9a-f]+\)/gi, '').replace(/^ANGLE Metal Renderer: /, ''), 60);
}
