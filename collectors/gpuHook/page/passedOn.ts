import type { Method } from './replaceMethod.js';

/**
 * The wrapper of a method that is only passed on, in the frame of recording commands (`encode` of gpuFrameNames.ts). A page makes most
 * of its calls by these, so nothing stands between the wrapper and the original: the first thousands of calls are cheaper for it. See
 * docs/cost.md.
 */
export function passedOn(original: Method): Method {
  return function inferscopeGpuEncode(...parameters) {
    return Reflect.apply(original, this, parameters);
  };
}
