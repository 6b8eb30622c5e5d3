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
  /** Whether some operators fell back to the CPU provider. Null on the CPU, where all of them run there. */
  readonly cpuOperators: boolean | null;
  /**
   * A clause: why it is the CPU although the browser computes on the GPU, and what to do. Null if the device is the wanted one.
   */
  readonly lack: string | null;
}

/**
 * Picks the native device to compare with a backend. For a GPU backend it is the WebGPU provider on the same device, if a trial
 * run in a separate process shows that it runs the model. Otherwise it is the CPU, with the reason.
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
    // Without the runtime there is no native run at all. The start of the baseline reports that.
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

/** ONNX Runtime's messages begin with a location in its source. */
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
 * The WebGPU provider on the browser's device. With a GPU nothing is set, because the provider finds it. Without one, it gets the
 * browser's own SwiftShader as its only driver, and the Vulkan loader next to that driver. So no package is needed, and both run
 * the same code.
 * https://github.com/KhronosGroup/Vulkan-Loader/blob/main/docs/LoaderInterfaceArchitecture.md
 * @returns a text if this system has no such device: why, and what to do
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
    // Loaders before 1.3.207 read the former; in newer ones the latter takes precedence.
    environment: { VK_ICD_FILENAMES: driver, VK_DRIVER_FILES: driver, ...(existsSync(loader) ? preloaded(loader) : {}) },
  };
}

const DRIVER = 'vk_swiftshader_icd.json';
const LOADER = 'libvulkan.so.1';

/** Not LD_LIBRARY_PATH: it would expose the whole folder of the browser, including its OpenGL, which creates another device. */
function preloaded(loader: string): Record<string, string> {
  const { LD_PRELOAD } = process.env;
  return { LD_PRELOAD: LD_PRELOAD ? `${loader}${delimiter}${LD_PRELOAD}` : loader };
}

/** Folders that may contain the browser's files: its own, or the system's usual ones if the executable is a start script. */
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
