import type { HarnessFailure } from '../failure.js';

export interface GpuWatch {
  /** Resolves when a device or context of this realm is lost; otherwise stays pending. */
  readonly lost: Promise<HarnessFailure>;
  /**
   * The loss so far, read from the contexts themselves. Their event comes a task later, and reads from them return zeros until
   * then.
   */
  lostNow(): HarnessFailure | null;
}

type GlContext = WebGLRenderingContext | WebGL2RenderingContext;

/**
 * Notices when a WebGPU device or WebGL context of this realm is lost: frameworks may wait for it forever, or go on with zeros.
 * It costs one call per created device or context. Install it before the framework's script runs.
 */
export function watchGpu(): GpuWatch {
  let known: HarnessFailure | null = null;
  let tell: (failure: HarnessFailure) => void;
  const lost = new Promise<HarnessFailure>((resolve) => {
    tell = resolve;
  });
  const note = (api: 'webgpu' | 'webgl', reason: string): void => {
    known ??= { kind: 'lost', api, reason };
    tell(known);
  };
  const contexts = new Set<GlContext>();
  watchDevices((reason) => note('webgpu', reason));
  watchContexts((context, canvas) => {
    contexts.add(context);
    canvas.addEventListener('webglcontextlost', (event) => note('webgl', (event as WebGLContextEvent).statusMessage ?? ''));
  });
  return {
    lost,
    lostNow() {
      if ([...contexts].some((context) => context.isContextLost())) note('webgl', '');
      return known;
    },
  };
}

/** https://gpuweb.github.io/gpuweb/#dom-gpudevice-lost */
function watchDevices(note: (reason: string) => void): void {
  if (typeof GPUAdapter === 'undefined') return;
  const { requestDevice } = GPUAdapter.prototype;
  GPUAdapter.prototype.requestDevice = async function (this: GPUAdapter, descriptor?: GPUDeviceDescriptor) {
    const device = await requestDevice.call(this, descriptor);
    void device.lost.then(({ reason, message }) => {
      // A device that the script destroys is not lost.
      if (reason !== 'destroyed') note(message);
    });
    return device;
  };
}

/** https://registry.khronos.org/webgl/specs/latest/1.0/#5.15.2 */
function watchContexts(found: (context: GlContext, canvas: EventTarget) => void): void {
  const kinds = [globalThis.HTMLCanvasElement, globalThis.OffscreenCanvas] as const;
  for (const kind of kinds) {
    if (!kind) continue;
    const prototype = kind.prototype as { getContext(type: string, options?: unknown): unknown };
    const { getContext } = prototype;
    prototype.getContext = function (this: EventTarget & typeof prototype, type, options) {
      const context = getContext.call(this, type, options);
      if (context !== null && type.includes('webgl')) found(context as GlContext, this);
      return context;
    };
  }
}
