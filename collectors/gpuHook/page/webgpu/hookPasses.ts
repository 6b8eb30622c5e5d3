import type { Hook } from '../apiHook.js';
import type { CallLog } from '../callLog.js';
import type { Own, PassTimer } from './passTimer.js';

const DISPATCHES = ['dispatchWorkgroups', 'dispatchWorkgroupsIndirect'];
const DRAWS = ['draw', 'drawIndexed', 'drawIndirect', 'drawIndexedIndirect'];

/** Hooks passes, which the device is asked to time, their dispatches, and the submissions that contain them. */
export function hookPasses(log: CallLog, hook: Hook, own: Own, timers: ReadonlyMap<GPUDevice, PassTimer>): void {
  const timerOf = new WeakMap<GPUCommandEncoder, PassTimer>();
  let dispatches = 0;

  const count = (prototype: object, name: string): void =>
    hook(prototype, name, 'encode', (original) => (pass, parameters) => {
      dispatches++;
      return Reflect.apply(original, pass, parameters as unknown[]);
    });
  for (const name of DISPATCHES) count(GPUComputePassEncoder.prototype, name);
  for (const name of DRAWS) count(GPURenderPassEncoder.prototype, name);

  hook(GPUDevice.prototype, 'createCommandEncoder', 'encode', (original) => {
    return (device: GPUDevice, [descriptor]: [GPUCommandEncoderDescriptor?]) => {
      const encoder = original.call(device, descriptor) as GPUCommandEncoder;
      const timer = own.isCalling ? undefined : timers.get(device);
      if (timer) timerOf.set(encoder, timer);
      return encoder;
    };
  });
  for (const name of ['beginComputePass', 'beginRenderPass']) {
    hook(GPUCommandEncoder.prototype, name, 'encode', (original) => {
      return (encoder: GPUCommandEncoder, [descriptor]: [GPUComputePassDescriptor?]) => {
        const timer = timerOf.get(encoder);
        // If the page times a pass itself, we do not.
        if (!timer || descriptor?.timestampWrites) return original.call(encoder, descriptor);
        return original.call(encoder, { ...descriptor, timestampWrites: timer.begin(encoder) });
      };
    });
  }
  hook(GPUCommandEncoder.prototype, 'finish', 'encode', (original) => {
    return (encoder: GPUCommandEncoder, [descriptor]: [GPUCommandBufferDescriptor?]) => {
      const commands = original.call(encoder, descriptor) as GPUCommandBuffer;
      timerOf.get(encoder)?.finish(encoder, commands);
      return commands;
    };
  });
  hook(GPUQueue.prototype, 'submit', 'submit', (original) => {
    return (queue: GPUQueue, [commands]: [Iterable<GPUCommandBuffer>]) => {
      if (own.isCalling) return original.call(queue, commands);
      const list = [...commands];
      const { result, row } = log.timed('queue.submit', { count: dispatches, context: log.contextOf(queue) }, () =>
        original.call(queue, list),
      );
      dispatches = 0;
      for (const timer of timers.values()) timer.submitted(list, row);
      return result;
    };
  });
}
