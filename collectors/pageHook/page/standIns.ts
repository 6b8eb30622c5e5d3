import { intrinsics } from './intrinsics.js';

const { apply, construct, defineProperty, getOwnPropertyDescriptor, mapGet, mapSet, setPrototypeOf } = intrinsics;

export type Callable = (this: unknown, ...parameters: never[]) => unknown;

/** What a stand-in does instead of a call. */
export interface Handler {
  call?(original: Callable, self: unknown, parameters: unknown[]): unknown;
  make?(original: Callable, parameters: unknown[], newTarget: Callable): object;
}

/** Records which functions stand in for which originals and where, and restores all of them. */
export interface StandIns {
  /** Registers a stand-in for an original. */
  pair(standIn: object, original: object): void;
  /** The original of a stand-in; any other value itself. */
  original<T>(value: T): T;
  /** The stand-in of an original; any other value itself. */
  standIn<T>(value: T): T;
  /** Replaces a method or constructor, or one half of an accessor, by a proxy. */
  replace(object: object, key: string, handler: Handler, part?: 'value' | 'get' | 'set'): void;
  /** Replaces one half of an accessor by a function, which is cheaper to call than a proxy. */
  put(object: object, key: string, part: 'value' | 'get' | 'set', standIn: object): void;
  /** @returns names of what could not be restored, because the page has frozen it */
  undo(): string[];
}

/** Sets the prototype to `null`, so that properties on the page's Object.prototype are not mistaken for fields. */
const bare = <T extends object>(value: T): T => {
  setPrototypeOf(value, null);
  return value;
};

export function standIns(): StandIns {
  const originals = new WeakMap<object, object>();
  const inPlace = new WeakMap<object, object>();
  const steps: (() => string | null)[] = [];
  const pair = (standIn: object, original: object): void => {
    mapSet(originals as never, standIn, original);
    mapSet(inPlace as never, original, standIn);
  };
  const find = <T>(table: WeakMap<object, object>, value: T): T =>
    typeof value === 'function' ? ((mapGet(table as never, value) as T | undefined) ?? value) : value;

  const put: StandIns['put'] = (object, key, part, standIn) => {
    const before = bare({ ...getOwnPropertyDescriptor(object, key)! });
    pair(standIn, before[part] as object);
    defineProperty(object, key, { ...before, [part]: standIn });
    steps[steps.length] = () => {
      const now = getOwnPropertyDescriptor(object, key);
      // What the page itself has replaced or removed stays so.
      if (now === undefined || bare(now)[part] !== standIn) return null;
      return defineProperty(object, key, before) ? null : key;
    };
  };
  return {
    pair,
    original: (value) => find(originals, value),
    standIn: (value) => find(inPlace, value),
    put,
    replace(object, key, { call, make }, part = 'value') {
      const original = getOwnPropertyDescriptor(object, key)?.[part] as Callable | undefined;
      if (typeof original !== 'function') return;
      const traps: ProxyHandler<Callable> = {};
      if (call) traps.apply = (target, self, parameters) => call(target, self, parameters);
      if (make) traps.construct = (target, parameters, newTarget) => make(target, parameters, newTarget as Callable);
      const standIn = new Proxy(original, bare(traps));
      put(object, key, part, standIn);
      const { prototype } = original as { prototype?: object };
      if (make && prototype) put(prototype, 'constructor', 'value', standIn);
    },
    undo() {
      const left: string[] = [];
      for (let i = steps.length - 1; i >= 0; i--) {
        const key = steps[i]!();
        if (key !== null) left[left.length] = key;
      }
      steps.length = 0;
      return left;
    },
  };
}

/** A stand-in that only passes calls on. */
export const passOn = {
  call: (original: Callable, self: unknown, parameters: unknown[]): unknown => apply(original, self, parameters as never),
  make: (original: Callable, parameters: unknown[], newTarget: Callable): object =>
    construct(original, parameters, newTarget) as object,
};
