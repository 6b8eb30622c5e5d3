import type * as Tfjs from '@tensorflow/tfjs';

/** The parts of TF.js' GPU backends that their types leave out. */
interface GpuBackend {
  /** WebGPU: hands over the commands that are still being collected. */
  submitQueue?(): void;
  readonly device?: GPUDevice;
  readonly gpgpu?: { createAndWaitForFence(): Promise<void> };
}

/**
 * Resolves when the device has computed what was asked of it. Without reading back nothing else waits for it, and a prediction would
 * seem to take as long as it takes to ask.
 * https://github.com/tensorflow/tfjs/blob/master/tfjs-backend-webgl/src/backend_webgl.ts (read)
 * @throws Error where a backend has no such way
 */
export async function isComputed(tf: typeof Tfjs, backend: string): Promise<void> {
  const { submitQueue, device, gpgpu } = tf.backend() as unknown as GpuBackend;
  if (gpgpu) return gpgpu.createAndWaitForFence();
  if (!device || !submitQueue) throw new Error(`TF.js’s ${backend} backend does not tell when it has computed`);
  submitQueue.call(tf.backend());
  await device.queue.onSubmittedWorkDone();
}
