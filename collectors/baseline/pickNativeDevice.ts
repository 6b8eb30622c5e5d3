import type { Manifest } from '../../src/bundle/manifest.js';
import { isGpuBackend } from '../frameworks.js';
import { BaselineUnavailable } from './baselineUnavailable.js';
import { type NativeDevice, nativeCpu } from './nativeDevice.js';
import { nativeWebGpu } from './nativeWebGpu.js';
import { type NativeBaselineOptions, startNativeBaseline } from './startNativeBaseline.js';

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
