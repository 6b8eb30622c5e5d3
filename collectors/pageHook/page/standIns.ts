import { intrinsics } from './intrinsics.js';

const { apply, construct, defineProperty, getOwnPropertyDescriptor, mapGet, mapSet, setPrototypeOf } = intrinsics;

export type Callable = (this: unknown, ...parameters: never[]) => unknown;

/** What a stand-in does in the place of a call. */
export interface Handler {
  call?(original: Callable, self: unknown, parameters: unknown[]): unknown;
  make?(original: Callable, parameters: unknown[], newTarget: Callable): object;
}

/** Which functions stand in the place of which, and where; it puts all of them back. */
export interface StandIns {
  /** Makes it known that one function stands for another. */
  pair(standIn: object, original: object): void;
  /** What a value stands for: itself, if it stands for nothing. */
  original<T>(value: T): T;
  /** What stands for a value: itself, if nothing does. */
  standIn<T>(value: T): T;
  /** Puts a proxy of a method or constructor, or of one half of an accessor, in its place. */
  replace(object: object, key: string, handler: Handler, part?: 'value' | 'get' | 'set'): void;
  /** Puts a function in the place of one half of an accessor, which is cheaper to call than a proxy. */
  put(object: object, key: string, part: 'value' | 'get' | 'set', standIn: object): void;
  /** @returns names of what could not be put back, since the page has frozen it */
  undo(): string[];
}

/** With `null` for a prototype: nothing that a page puts on Object.prototype is taken for one of its fields. */
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
      // What the page has put there itself, or taken away, stays so.
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

/** What a stand-in does that only looks at what is passed through. */
export const passOn = {
  call: (original: Callable, self: unknown, parameters: unknown[]): unknown => apply(original, self, parameters as never),
  make: (original: Callable, parameters: unknown[], newTarget: Callable): object =>
    construct(original, parameters, newTarget) as object,
};
