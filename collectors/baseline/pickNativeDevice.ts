import { existsSync, realpathSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import type { Manifest } from '../../src/bundle/manifest.js';
import { isGpuBackend } from '../frameworks.js';
import {
  BaselineUnavailable,
  type NativeBaselineOptions,
  type NativeDevice,
  nativeCpu,
  startNativeBaseline,
} from './startNativeBaseline.js';

export interface PickedDevice {
  readonly device: NativeDevice;
  /** Whether some operators were left to the CPU provider; null on the CPU, where they all are. */
  readonly cpuOperators: boolean | null;
  /** As a clause: why it is the CPU although the browser computes on the GPU, and what to do; null where it is what was wanted. */
  readonly lack: string | null;
}

/**
 * What to run natively beside a backend. Beside one that computes on the GPU it is the WebGPU provider on the same device, if that
 * runs the model: it is tried once, in a process of its own. Else it is the CPU, with the reason.
 * @throws the signal's reason if aborted; nothing else
 */
export async function pickNativeDevice(
  backend: string,
  browser: Pick<NonNullable<Manifest['browser']>, 'executable' | 'softwareRendering'>,
  workload: Omit<NativeBaselineOptions, 'device'>,
): Promise<PickedDevice> {
  const onCpu = (lack: string | null): PickedDevice => ({ device: nativeCpu, cpuOperators: null, lack });
  if (!isGpuBackend(backend)) return onCpu(null);
  const device = nativeWebGpu(browser);
  if (typeof device === 'string') return onCpu(lackOf(device));
  try {
    return { device, cpuOperators: await runsOnCpuToo(device, workload), lack: null };
  } catch (error) {
    if (workload.signal?.aborted) throw error;
    // Without the runtime there is no native run at all, and that is said where it is started.
    return onCpu(
      error instanceof BaselineUnavailable
        ? null
        : lackOf(reasonOf((error as Error).message, browser.softwareRendering === false)),
    );
  }
}

async function runsOnCpuToo(device: NativeDevice, workload: Omit<NativeBaselineOptions, 'device'>): Promise<boolean> {
  const native = await startNativeBaseline({ ...workload, device });
  try {
    await native.setup();
    await native.warmup();
    return await native.usesCpuProvider();
  } finally {
    await native.close();
  }
}

const lackOf = (reason: string): string => `the native WebGPU provider cannot run here, since ${reason}.`;

/** ONNX Runtime's messages begin with the place in its source. */
function reasonOf(message: string, hardware: boolean): string {
  if (message.includes('Failed to get a WebGPU adapter')) {
    const driver = hardware ? ', and for it the driver of the GPU' : '';
    return `it found no device. Install the loader of Vulkan (on Debian and Ubuntu: apt-get install libvulkan1)${driver}`;
  }
  return `it failed: ${message.replace(/\/onnxruntime_src\/\S+ /g, '').slice(0, MESSAGE_LIMIT)}`;
}

const MESSAGE_LIMIT = 400;

type BrowserDevice = Pick<NonNullable<Manifest['browser']>, 'executable' | 'softwareRendering'>;

/**
 * The WebGPU provider on what the browser computes on. With a GPU nothing is set: the provider finds it. Without one it is given the
 * browser's own SwiftShader as the only driver, and the loader of Vulkan that stands beside it, so that no package is needed and
 * both run the very same code. https://github.com/KhronosGroup/Vulkan-Loader/blob/main/docs/LoaderInterfaceArchitecture.md
 * @returns a text, where this system has no such device: why, and what to do
 */
export function nativeWebGpu({ executable, softwareRendering }: BrowserDevice): NativeDevice | string {
  if (softwareRendering === false) return { provider: 'webgpu', title: 'WebGPU (hardware)', environment: {} };
  if (process.platform !== 'linux') {
    return 'the browser computes in software, and its SwiftShader can be had natively on Linux only. Use a machine with a GPU';
  }
  const folder = foldersOf(executable).find((candidate) => existsSync(join(candidate, DRIVER)));
  if (folder === undefined) {
    return `no ${DRIVER} is beside the browser ${executable}. Name a Chromium that has one in INFERSCOPE_CHROME, or run "trace doctor --fix"`;
  }
  const driver = join(folder, DRIVER);
  const loader = join(folder, LOADER);
  return {
    provider: 'webgpu',
    title: 'WebGPU (software: SwiftShader)',
    // The former is for loaders before 1.3.207, and the latter goes before it in others.
    environment: { VK_ICD_FILENAMES: driver, VK_DRIVER_FILES: driver, ...(existsSync(loader) ? preloaded(loader) : {}) },
  };
}

const DRIVER = 'vk_swiftshader_icd.json';
const LOADER = 'libvulkan.so.1';

/** Not LD_LIBRARY_PATH: it would offer all else in the browser's folder too, its OpenGL for one, which makes another device. */
function preloaded(loader: string): Record<string, string> {
  const { LD_PRELOAD } = process.env;
  return { LD_PRELOAD: LD_PRELOAD ? `${loader}${delimiter}${LD_PRELOAD}` : loader };
}

/** Where the browser's files may be: beside it, or, where it is a script of the system that starts it, where systems put them. */
function foldersOf(executable: string): string[] {
  return [dirname(realpath(executable)), ...['/usr/lib', '/usr/lib64'].map((folder) => join(folder, basename(executable)))];
}

function realpath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
