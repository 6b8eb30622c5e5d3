import type { Method } from './replaceMethod.js';

/**
 * The wrapper of a method that is only passed on, in the frame of recording commands (`encode` of gpuFrameNames.ts). A page calls these
 * by the thousand in a prediction, so nothing stands between the wrapper and the original: until the optimizing compiler has seen it,
 * which in a run of a few predictions is long, a call through a body costs four times as much.
 */
export function passedOn(original: Method): Method {
  return function inferscopeGpuEncode(...parameters) {
    return Reflect.apply(original, this, parameters);
  };
}
