import type { CreateGpuPlant } from '../gpuPlant.js';
import type { WebGpuChain } from '../webGpuChain.js';

/** A shader of so many lines that no cache has seen, made into a pipeline and run. */
export const newPipeline: CreateGpuPlant<WebGpuChain> = ({ device, buffer, dispatch }, lines) => {
  const result = buffer(4, GPUBufferUsage.STORAGE);
  let made = 0;
  return {
    at: 'end',
    act() {
      const constant = `${++made}.0`;
      const body = Array.from({ length: lines }, (_, i) => `value = sin(value * ${constant} + ${i}.0);`).join('\n');
      const code = `
@group(0) @binding(0) var<storage, read_write> result: f32;
@compute @workgroup_size(1) fn main() {
  var value = result;
  ${body}
  result = value;
}`;
      const pipeline = device.createComputePipeline({
        layout: 'auto',
        compute: { module: device.createShaderModule({ code }), entryPoint: 'main' },
      });
      const layout = pipeline.getBindGroupLayout(0);
      dispatch(pipeline, device.createBindGroup({ layout, entries: [{ binding: 0, resource: { buffer: result } }] }));
    },
  };
};
