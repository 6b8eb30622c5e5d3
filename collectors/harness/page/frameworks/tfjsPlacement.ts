import type * as Tfjs from '@tensorflow/tfjs';
import type { Placement } from '../../../../src/bundle/manifest.js';

/** What TF.js' GPU backends have in common beyond its types. */
interface GpuBackend {
  shouldExecuteOnCPU(...parameters: unknown[]): boolean;
  readSync(...parameters: unknown[]): unknown;
  runWebGLProgram?(...parameters: unknown[]): unknown;
  runWebGPUProgram?(...parameters: unknown[]): unknown;
}

/** What a kernel did while it ran. */
interface KernelActions {
  dispatched: boolean;
  /** It asked whether its inputs are small and on the CPU, and the answer was yes. */
  forwarded: boolean;
  read: boolean;
}

/**
 * Finds which kernels of a prediction ran on the GPU, and which in JavaScript. TF.js forwards kernels to the CPU if their inputs
 * are small and already there; others read their inputs back and start no work on the device.
 * Kernels that only rename (Reshape, Identity) count as neither. It does not see what TF.js computes outside of kernels from
 * awaited data (Where, the asynchronous NonMaxSuppression).
 */
export async function tfjsPlacement(tf: typeof Tfjs, backendName: string, predict: () => Promise<unknown>): Promise<Placement> {
  const running: KernelActions[] = [];
  let onBackend = 0;
  const onCpu = new Map<string, number>();

  const backend = tf.backend() as unknown as GpuBackend;
  const watch = (name: keyof GpuBackend, note: (actions: KernelActions, result: unknown) => void): void => {
    const original = backend[name] as ((...parameters: unknown[]) => unknown) | undefined;
    if (!original) return;
    (backend as unknown as Record<string, unknown>)[name] = (...parameters: unknown[]) => {
      const result = original.apply(backend, parameters);
      const actions = running.at(-1);
      if (actions) note(actions, result);
      return result;
    };
  };
  watch('shouldExecuteOnCPU', (actions, result) => {
    actions.forwarded ||= result === true;
  });
  watch('readSync', (actions) => {
    actions.read = true;
  });
  for (const run of ['runWebGLProgram', 'runWebGPUProgram'] as const) {
    watch(run, (actions) => {
      actions.dispatched = true;
    });
  }
  for (const kernel of [...tf.getKernelsForBackend(backendName)]) {
    tf.unregisterKernel(kernel.kernelName, backendName);
    tf.registerKernel({
      ...kernel,
      kernelFunc(parameters) {
        const actions: KernelActions = { dispatched: false, forwarded: false, read: false };
        running.push(actions);
        try {
          return kernel.kernelFunc(parameters);
        } finally {
          running.pop();
          if (actions.dispatched) onBackend++;
          else if (actions.forwarded || actions.read) onCpu.set(kernel.kernelName, (onCpu.get(kernel.kernelName) ?? 0) + 1);
        }
      },
    });
  }
  await predict();
  return {
    onBackend,
    elsewhere: [...onCpu]
      .map(([operator, count]) => ({ operator, provider: 'CPU', count }))
      .sort((a, b) => b.count - a.count || (a.operator < b.operator ? -1 : 1)),
    source: 'as the kernels of one prediction started programs on the device or did not',
  };
}
