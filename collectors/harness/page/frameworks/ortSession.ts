import type * as Ort from 'onnxruntime-web';
import type { TensorSpec } from '../../../../src/bundle/tensor.js';
import type { Workload } from '../../protocol.js';

/** The options of a session for what is changed of it. https://onnxruntime.ai/docs/tutorials/web/performance-diagnosis.html */
export function sessionOptions({ session, freeDimensions }: Workload): Ort.InferenceSession.SessionOptions {
  return {
    ...(session.includes('outputs-left') && { preferredOutputLocation: 'gpu-buffer' }),
    ...(session.includes('fixed-shapes') && { freeDimensionOverrides: freeDimensions }),
    ...(session.includes('captured-graph') && { enableGraphCapture: true }),
  };
}

/** Resolves when the device has computed what was asked of it: nothing else waits for it where no output is read back. */
export async function isComputed(runtime: typeof Ort): Promise<void> {
  await (await deviceOf(runtime)).queue.onSubmittedWorkDone();
}

/**
 * An input in a buffer of the GPU, as a captured graph needs it: one buffer for all predictions, written anew for each.
 * @param known of an earlier prediction
 */
export async function gpuInput(
  runtime: typeof Ort,
  { type, shape }: TensorSpec,
  values: ArrayBufferView,
  known: Ort.Tensor | undefined,
): Promise<Ort.Tensor> {
  const device = await deviceOf(runtime);
  const tensor =
    known ??
    runtime.Tensor.fromGpuBuffer(
      device.createBuffer({
        // WebGPU writes whole words.
        size: Math.ceil(values.byteLength / 4) * 4,
        usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC,
      }),
      { dataType: type as 'float32', dims: [...shape] },
    );
  device.queue.writeBuffer(tensor.gpuBuffer as GPUBuffer, 0, values as ArrayBufferView<ArrayBuffer>);
  return tensor;
}

const deviceOf = async ({ env }: typeof Ort): Promise<GPUDevice> => (await env.webgpu.device) as GPUDevice;
