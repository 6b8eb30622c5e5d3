import type { Hook } from '../apiHook.js';
import { type CallLog, uploadFacts } from '../callLog.js';
import type { Own } from './passTimer.js';

type Bytes = ArrayBuffer | ArrayBufferView;

/** Hooks the creation and destruction of buffers and textures, and the transfers to and from the GPU. */
export function hookTransfers(log: CallLog, hook: Hook, own: Own): void {
  const bytesOf = new WeakMap<GPUBuffer, number>();
  const deviceOf = new WeakMap<GPUBuffer, GPUDevice>();
  /** Bytes of the buffers of a device, which are freed with it. */
  const heldBy = new WeakMap<GPUDevice, number>();
  const hold = (device: GPUDevice, bytes: number): void => {
    heldBy.set(device, (heldBy.get(device) ?? 0) + bytes);
    log.hold(bytes);
  };
  /** Bytes that the page may write until it unmaps them. */
  const writable = new WeakMap<GPUBuffer, number>();

  hook(GPUDevice.prototype, 'createBuffer', 'encode', (original) => (device: GPUDevice, [descriptor]: [GPUBufferDescriptor]) => {
    if (own.isCalling) return original.call(device, descriptor);
    const { size, mappedAtCreation } = descriptor;
    const facts = { bytes: size, context: log.contextOf(device) };
    const buffer = log.timed('createBuffer', facts, () => original.call(device, descriptor)).result as GPUBuffer;
    log.belongs(buffer, device);
    bytesOf.set(buffer, size);
    deviceOf.set(buffer, device);
    hold(device, size);
    if (mappedAtCreation) writable.set(buffer, size);
    return buffer;
  });
  hook(GPUBuffer.prototype, 'destroy', 'encode', (original) => (buffer: GPUBuffer) => {
    const bytes = bytesOf.get(buffer);
    if (bytes === undefined) return original.call(buffer);
    bytesOf.delete(buffer);
    const device = deviceOf.get(buffer);
    if (device && heldBy.has(device)) hold(device, -bytes);
    return log.timed('destroyBuffer', { bytes: -bytes, context: log.contextOf(buffer) }, () => original.call(buffer)).result;
  });
  hook(GPUDevice.prototype, 'destroy', 'encode', (original) => (device: GPUDevice) => {
    log.hold(-(heldBy.get(device) ?? 0));
    heldBy.delete(device);
    return original.call(device);
  });
  hook(GPUBuffer.prototype, 'mapAsync', 'sync', (original) => {
    return (buffer: GPUBuffer, parameters: [mode: number, offset?: number, size?: number], below) => {
      const map = () => original.apply(buffer, parameters) as Promise<undefined>;
      if (own.isCalling) return map();
      const [mode, offset = 0, size = buffer.size - offset] = parameters;
      const context = log.contextOf(buffer);
      if ((mode & GPUMapMode.READ) !== 0) return log.promised('mapAsync(READ)', { bytes: size, context, below }, map);
      writable.set(buffer, size);
      return log.promised('mapAsync(WRITE)', { context, below }, map);
    };
  });
  hook(GPUBuffer.prototype, 'unmap', 'transfer', (original) => (buffer: GPUBuffer, _, below) => {
    const bytes = writable.get(buffer);
    if (bytes === undefined) return original.call(buffer);
    writable.delete(buffer);
    return log.timed('unmap', uploadFacts(bytes, log.contextOf(buffer), below), () => original.call(buffer)).result;
  });
  hook(GPUQueue.prototype, 'writeBuffer', 'transfer', (original) => {
    return (queue: GPUQueue, parameters: [to: GPUBuffer, at: number, data: Bytes, from?: number, size?: number], below) => {
      const [, , data, from = 0, size] = parameters;
      // For a typed array, sizes are in its elements.
      const unit = 'BYTES_PER_ELEMENT' in data ? Number(data.BYTES_PER_ELEMENT) : 1;
      const bytes = size === undefined ? data.byteLength - from * unit : size * unit;
      const facts = uploadFacts(bytes, log.contextOf(queue), below);
      return log.timed('queue.writeBuffer', facts, () => original.apply(queue, parameters)).result;
    };
  });
  hook(GPUQueue.prototype, 'writeTexture', 'transfer', (original) => {
    return (queue: GPUQueue, parameters: [to: unknown, data: Bytes, ...rest: unknown[]], below) => {
      const facts = uploadFacts(parameters[1].byteLength, log.contextOf(queue), below);
      return log.timed('queue.writeTexture', facts, () => original.apply(queue, parameters)).result;
    };
  });
  hook(GPUQueue.prototype, 'onSubmittedWorkDone', 'sync', (original) => (queue: GPUQueue, _, below) => {
    const facts = { context: log.contextOf(queue), below };
    return log.promised('queue.onSubmittedWorkDone', facts, () => original.call(queue) as Promise<undefined>);
  });
}
