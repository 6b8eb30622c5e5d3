import { ONE_PIXEL } from './gpu/onePixel.js';

/** Scripts for a page that load the GPU by a fixed amount of work from a worker. Each piece is measured as `plant`. */

/** Draws of one pixel that takes some 60 ms, in a worker. The other core is free. */
const DRAWING = `${ONE_PIXEL}
const at = gl.getUniformLocation(program, 'turns');
const draw = async (turns, isRead) => {
  const start = performance.now();
  gl.uniform1i(at, turns);
  gl.drawArrays(gl.TRIANGLES, 0, 3);
  if (isRead) gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
  else {
    const sync = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    gl.flush();
    while (gl.clientWaitSync(sync, 0, 0) === gl.TIMEOUT_EXPIRED) await new Promise((resolve) => setTimeout(resolve, 2));
  }
  const end = performance.now();
  performance.measure('plant', { start, end });
  return end - start;
};
// Long ones, as they also wait for frames that are drawn.
const FIRST = 2e7;
const first = [await draw(FIRST, true), await draw(FIRST, true), await draw(FIRST, true)];
const turns = Math.round((FIRST * 60) / Math.min(...first));
setInterval(() => draw(turns, IS_READ), 250);`;

/** Dispatches that take some 80 ms on all cores, in a worker, as an inference on WebGPU has them. */
const COMPUTING = `
const device = await (await navigator.gpu.requestAdapter()).requestDevice();
const GROUPS = 32;
const code = \`@group(0) @binding(0) var<storage, read_write> data: array<f32>;
  @compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {
    var value = f32(id.x);
    for (var i = 0u; i < u32(data[0]); i++) { value = fract(value * 1.1 + 0.37); }
    data[id.x + 1u] = value;
  }\`;
const pipeline = device.createComputePipeline({
  layout: 'auto',
  compute: { module: device.createShaderModule({ code }), entryPoint: 'main' },
});
const { STORAGE, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
const buffer = device.createBuffer({ size: 4 * (GROUPS * 64 + 1), usage: STORAGE | COPY_SRC | COPY_DST });
const answer = device.createBuffer({ size: 4, usage: MAP_READ | COPY_DST });
const group = device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries: [{ binding: 0, resource: { buffer } }] });
const compute = async (turns) => {
  const start = performance.now();
  device.queue.writeBuffer(buffer, 0, new Float32Array([turns]));
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, group);
  pass.dispatchWorkgroups(GROUPS);
  pass.end();
  encoder.copyBufferToBuffer(buffer, 4, answer, 0, 4);
  device.queue.submit([encoder.finish()]);
  await answer.mapAsync(GPUMapMode.READ);
  answer.unmap();
  const end = performance.now();
  performance.measure('plant', { start, end });
  return end - start;
};
const FIRST = 20000;
const first = [await compute(FIRST), await compute(FIRST), await compute(FIRST)];
const turns = Math.round((FIRST * 80) / Math.min(...first));
for (;;) {
  await compute(turns);
  await new Promise((resolve) => setTimeout(resolve, 200));
}`;

const inWorker = (code: string): string =>
  `new Worker(URL.createObjectURL(new Blob([${JSON.stringify(code)}], { type: 'text/javascript' })), { type: 'module' })`;
/** @param isRead whether each draw is read back at once. Otherwise nothing waits but the device. */
export const draws = (isRead: boolean): string => inWorker(DRAWING.replace('IS_READ', String(isRead)));
export const DISPATCHES = inWorker(COMPUTING);
