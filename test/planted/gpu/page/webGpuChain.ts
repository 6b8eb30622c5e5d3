import { type Chain, WIDTH } from './chain.js';

export interface WebGpuChain extends Chain {
  readonly device: GPUDevice;
  /** A pass of its own for one dispatch, handed over at once with what was recorded before it. */
  dispatch(pipeline: GPUComputePipeline, group: GPUBindGroup): void;
  buffer(bytes: number, usage: number): GPUBuffer;
}

const OPERATOR = `
@group(0) @binding(0) var<storage, read> operand: array<f32>;
@group(0) @binding(1) var<storage, read_write> result: array<f32>;
@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {
  result[id.x] = operand[id.x] * 0.5 + 1.0;
}`;
/** As many as TF.js and ONNX Runtime hand over at once. */
const PASSES_PER_SUBMISSION = 16;
const BYTES = 4 * WIDTH;

export async function webGpuChain(): Promise<WebGpuChain> {
  const adapter = await navigator.gpu.requestAdapter();
  if (!adapter) throw new Error('there is no WebGPU adapter');
  const device = await adapter.requestDevice({ requiredFeatures: ['timestamp-query'] });
  const buffer = (size: number, usage: number): GPUBuffer => device.createBuffer({ size, usage });
  const operands = [0, 1].map(() => buffer(BYTES, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC));
  const readable = buffer(BYTES, GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ);
  const pipeline = await device.createComputePipelineAsync({
    layout: 'auto',
    compute: { module: device.createShaderModule({ code: OPERATOR }), entryPoint: 'main' },
  });
  const groups = [0, 1].map((from) =>
    device.createBindGroup({
      layout: pipeline.getBindGroupLayout(0),
      entries: [from, 1 - from].map((i, binding) => ({ binding, resource: { buffer: operands[i]! } })),
    }),
  );
  let encoder: GPUCommandEncoder | null = null;
  let passes = 0;
  let operators = 0;
  const submit = (): void => {
    if (encoder) device.queue.submit([encoder.finish()]);
    encoder = null;
    passes = 0;
  };
  const record = (used: GPUComputePipeline, group: GPUBindGroup, size: number): void => {
    encoder ??= device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(used);
    pass.setBindGroup(0, group);
    pass.dispatchWorkgroups(size);
    pass.end();
    if (++passes === PASSES_PER_SUBMISSION) submit();
  };
  return {
    device,
    buffer,
    operator: () => record(pipeline, groups[operators++ % 2]!, WIDTH / 64),
    dispatch(used, group) {
      record(used, group, 1);
      submit();
    },
    async readBack() {
      encoder ??= device.createCommandEncoder();
      encoder.copyBufferToBuffer(operands[operators % 2]!, 0, readable, 0, BYTES);
      submit();
      await readable.mapAsync(GPUMapMode.READ);
      new Float32Array(readable.getMappedRange()).slice();
      readable.unmap();
    },
  };
}
