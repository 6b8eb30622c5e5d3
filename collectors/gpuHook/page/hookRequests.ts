import { type ApiHook, apiHook } from './apiHook.js';
import type { CallLog } from './callLog.js';
import { gpuFrames } from './gpuFrames.js';
import type { Replaced } from './replaceMethod.js';

/** Contexts of a canvas that use the GPU’s API, by the name that a page asks for. */
const CONTEXTS = { webgl: 'webgl', 'experimental-webgl': 'webgl', webgl2: 'webgl2' } as const;

/** Counts what pages ask for before they can use the GPU, and what they are refused: adapters and contexts. */
export function hookRequests(log: CallLog, replaced: Replaced): ApiHook {
  return apiHook((hook) => {
    if (typeof GPU !== 'undefined') {
      hook(GPU.prototype, 'requestAdapter', 'sync', (original) => {
        return (gpu, parameters) => log.asked('adapter', original.apply(gpu, parameters as never) as Promise<unknown>);
      });
    }
    for (const kind of [globalThis.HTMLCanvasElement, globalThis.OffscreenCanvas]) {
      if (!kind) continue;
      hook.unframed(kind.prototype, 'getContext', (original) => {
        const ask = gpuFrames.sync((canvas, parameters: [keyof typeof CONTEXTS]) => {
          const context = original.apply(canvas, parameters);
          log.answered(CONTEXTS[parameters[0]], context === null ? 'refused' : 'given');
          return context;
        });
        return function (...parameters) {
          const isAsked = typeof parameters[0] === 'string' && Object.hasOwn(CONTEXTS, parameters[0]);
          return Reflect.apply(isAsked ? ask : original, this, parameters);
        };
      });
    }
    return async () => {};
  }, replaced);
}
