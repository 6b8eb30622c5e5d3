import type { CreateGpuPlant } from '../gpuPlant.js';
import type { WebGpuChain } from '../webGpuChain.js';

const LOOP = `
@group(0) @binding(0) var<uniform> turns: u32;
@group(0) @binding(1) var<storage, read_write> result: f32;
@compute @workgroup_size(1) fn main() {
  var value = result;
  for (var i = 0u; i < turns; i++) { value = value * 0.999 + 0.001; }
  result = value;
}`;
const FIRST_TURNS = 100_000;
const CALIBRATIONS = 7;

/** A dispatch of so many milliseconds by the device's own clock: of one invocation, so that nothing depends on how many run at once. */
export const longDispatch: CreateGpuPlant<WebGpuChain> = async (chain, amountMs) => {
  const { device, buffer, dispatch } = chain;
  const turns = buffer(4, GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST);
  const pipeline = await device.createComputePipelineAsync({
    layout: 'auto',
    compute: { module: device.createShaderModule({ code: LOOP }), entryPoint: 'main' },
  });
  const group = device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: [turns, buffer(4, GPUBufferUsage.STORAGE)].map((used, binding) => ({ binding, resource: { buffer: used } })),
  });
  let count = FIRST_TURNS;
  for (let round = 0; round < 2; round++) {
    device.queue.writeBuffer(turns, 0, new Uint32Array([count]));
    let fastestMs = Number.POSITIVE_INFINITY;
    for (let i = 0; i < CALIBRATIONS; i++) fastestMs = Math.min(fastestMs, await deviceMs(chain, pipeline, group));
    count = Math.round((count * amountMs) / fastestMs);
  }
  device.queue.writeBuffer(turns, 0, new Uint32Array([count]));
  return { at: 'end', act: () => dispatch(pipeline, group) };
};

/** How long the device says that one dispatch took it, ms. The page asks by itself. */
async function deviceMs({ device, buffer }: WebGpuChain, pipeline: GPUComputePipeline, group: GPUBindGroup): Promise<number> {
  const querySet = device.createQuerySet({ type: 'timestamp', count: 2 });
  const resolved = buffer(16, GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC);
  const readable = buffer(16, GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ);
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass({
    timestampWrites: { querySet, beginningOfPassWriteIndex: 0, endOfPassWriteIndex: 1 },
  });
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, group);
  pass.dispatchWorkgroups(1);
  pass.end();
  encoder.resolveQuerySet(querySet, 0, 2, resolved, 0);
  encoder.copyBufferToBuffer(resolved, 0, readable, 0, 16);
  device.queue.submit([encoder.finish()]);
  await readable.mapAsync(GPUMapMode.READ);
  const [startNs, endNs] = new BigUint64Array(readable.getMappedRange());
  const ms = Number(endNs! - startNs!) / 1e6;
  for (const spent of [querySet, resolved, readable]) spent.destroy();
  return ms;
}
