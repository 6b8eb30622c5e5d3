import type { GpuFrame } from '../../../src/bundle/gpuNames.js';
import { type Body, gpuFrames, passedOn } from './gpuFrames.js';
import { type Method, type Replaced, replaceMethod } from './replaceMethod.js';

/** The hook between the page's scripts and one API. */
export interface ApiHook {
  /** Puts the originals back. */
  undo(): void;
  /** Waits for times that the device has not reported yet. */
  settle(): Promise<void>;
}

export interface Hook {
  /** Replaces a method, at most once. */
  (prototype: object, name: string, frame: GpuFrame, make: (original: Method) => Body): void;
  /** Replaces a method without such a frame: most of its calls are not about the GPU. */
  unframed(prototype: object, name: string, make: (original: Method) => Method): void;
  /** Passes on all other methods of a prototype unchanged, each in a frame of its own. */
  rest(prototype: object): void;
}

/**
 * @param install replaces methods; the function that it returns waits for pending times
 * @param replaced called for every function that replaces another
 */
export function apiHook(install: (hook: Hook) => () => Promise<void>, replaced: Replaced = () => {}): ApiHook {
  const undone: (() => void)[] = [];
  const done = new Map<object, Set<string>>();
  const replace = (prototype: object, name: string, make: (original: Method) => Method): void => {
    const known = done.get(prototype) ?? new Set();
    done.set(prototype, known.add(name));
    undone.push(replaceMethod(prototype, name, make, replaced));
  };
  const hook: Hook = Object.assign(
    (prototype: object, name: string, frame: GpuFrame, make: (original: Method) => Body) =>
      replace(prototype, name, (original) => gpuFrames[frame](make(original))),
    {
      unframed: replace,
      rest(prototype: object) {
        for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
          if (typeof value !== 'function' || name === 'constructor' || done.get(prototype)?.has(name)) continue;
          replace(prototype, name, passedOn);
        }
      },
    },
  );
  const settle = install(hook);
  return {
    undo() {
      for (const step of undone.reverse()) step();
    },
    settle,
  };
}
