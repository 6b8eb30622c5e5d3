import type { GpuFrame } from '../../../src/bundle/gpuFrameNames.js';
import type { Method } from './replaceMethod.js';

/**
 * What a wrapper does with a call: it has the object, the parameters, and the wrapper itself, below which the caller's stack begins.
 */
// biome-ignore lint/suspicious/noExplicitAny: the parameters of a method of any signature
export type Body = (self: any, parameters: any, wrapper: Method) => unknown;

/**
 * Makes the wrapper of a method. Most calls into the browser leave no frame of their own in CPU samples, so the wrapper's name is what tells
 * how much time went to the GPU's API: they are the names of gpuFrameNames.ts, and a profiler takes them from here, not from the
 * property `name`.
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
