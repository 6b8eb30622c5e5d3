import type { GpuFrame } from '../../../src/bundle/gpuNames.js';
import type { Method } from './replaceMethod.js';

/**
 * What a wrapper does with a call. It gets the object, the parameters, and the wrapper itself: the caller's stack begins below that one.
 */
// biome-ignore lint/suspicious/noExplicitAny: the parameters of a method of any signature
export type Body = (self: any, parameters: any, wrapper: Method) => unknown;

/**
 * Makes the wrapper of a method. Most calls into the browser have no frame in CPU samples, so the wrapper's name tells how much
 * time went to the GPU's API. The names are those of gpuFrameNames.ts. Profilers read them from the source, not from the property
 * `name`.
 */
export const gpuFrames: Readonly<Record<GpuFrame, (body: Body) => Method>> = {
  encode: (body) =>
    function inferscopeGpuEncode(...parameters) {
      return body(this, parameters, inferscopeGpuEncode);
    },
  compile: (body) =>
    function inferscopeGpuCompile(...parameters) {
      return body(this, parameters, inferscopeGpuCompile);
    },
  transfer: (body) =>
    function inferscopeGpuTransfer(...parameters) {
      return body(this, parameters, inferscopeGpuTransfer);
    },
  submit: (body) =>
    function inferscopeGpuSubmit(...parameters) {
      return body(this, parameters, inferscopeGpuSubmit);
    },
  sync: (body) =>
    function inferscopeGpuSync(...parameters) {
      return body(this, parameters, inferscopeGpuSync);
    },
};

/**
 * The wrapper of a method that is only passed on, in the frame `encode` (recording commands). Most calls of a page go through it.
 * It calls the original directly, which makes the first thousands of calls cheaper. See docs/cost.md.
 */
export function passedOn(original: Method): Method {
  return function inferscopeGpuEncode(...parameters) {
    return Reflect.apply(original, this, parameters);
  };
}
