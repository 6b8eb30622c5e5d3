import type { CallRows } from './callRows.js';
import { intrinsics } from './intrinsics.js';
import type { Callable, StandIns } from './standIns.js';

const { apply, defineProperty, freeze, mapGet, mapSet, now, ownKeys, setPrototypeOf, promiseThen } = intrinsics;

interface Export {
  readonly name: string;
  readonly instance: number;
}

/** Makes the exports that pages get instead of an instance's own. */
export interface ExportWrapper {
  /** Returns the same object every time for an instance, as the original does. @param instance its position in the log */
  exportsOf(exports: object, instance: number): object;
  /** Wraps the result of WebAssembly.promising for an export: its calls return promises. */
  promising(made: Callable, of: Callable): Callable;
  /** Stops recording; calls are then only passed on. */
  stop(): void;
}

/**
 * Wraps exported functions, so that the outermost call into Wasm on this thread is recorded. Passing on a call costs some tens of
 * nanoseconds. Where Wasm itself takes or returns a function, the original is used, since Wasm accepts no other.
 * @param isHidden whether an export is ours: the page does not see it
 */
export function wrapExports(rows: CallRows, edge: StandIns, isHidden: (name: string) => boolean): ExportWrapper {
  const wrapped = new WeakMap<object, object>();
  const facts = new WeakMap<object, Export>();
  let isInside = false;
  let isOn = true;

  const settled = (result: Promise<unknown>, row: number): unknown => {
    const done = (): void => rows.done(row, now());
    try {
      // The page gets the promise derived from ours, so an unhandled rejection is still reported to it.
      return promiseThen(
        result,
        (value) => {
          done();
          return value;
        },
        (error) => {
          done();
          throw error;
        },
      );
    } catch {
      return result;
    }
  };
  const wrap = (original: Callable, { name, instance }: Export, isPromised: boolean): Callable => {
    const wrapper = (...parameters: unknown[]): unknown => {
      for (let i = 0; i < parameters.length; i++) {
        if (typeof parameters[i] === 'function') parameters[i] = edge.original(parameters[i]);
      }
      if (isInside || !isOn) return edge.standIn(apply(original, undefined, parameters as never));
      let row = -1;
      let result: unknown;
      const atMs = now();
      try {
        isInside = true;
        result = apply(original, undefined, parameters as never);
      } finally {
        isInside = false;
        row = noted(instance, name, atMs, isPromised);
      }
      return isPromised ? settled(result as Promise<unknown>, row) : edge.standIn(result);
    };
    defineProperty(wrapper, 'name', readOnlyDescriptor(original.name));
    defineProperty(wrapper, 'length', readOnlyDescriptor(original.length));
    edge.pair(wrapper, original);
    mapSet(facts as never, original, { name, instance });
    return wrapper;
  };
  const noted = (instance: number, name: string, atMs: number, isPromised: boolean): number => {
    try {
      return rows.add(instance, name, atMs, now() - atMs, isPromised);
    } catch {
      // Out of stack or memory. The page will report its own error.
      return -1;
    }
  };
  return {
    exportsOf(exports, instance) {
      const known = mapGet(wrapped as never, exports) as object | undefined;
      if (known) return known;
      const copy = {};
      setPrototypeOf(copy, null);
      const keys = ownKeys(exports) as string[];
      for (let i = 0; i < keys.length; i++) {
        const name = keys[i]!;
        if (isHidden(name)) continue;
        const value = (exports as Record<string, unknown>)[name];
        const isNew = typeof value === 'function' && edge.standIn(value) === value;
        // A function from another instance already has its wrapper.
        const given = isNew ? wrap(value as Callable, { name, instance }, false) : edge.standIn(value);
        defineProperty(copy, name, { __proto__: null, value: given, enumerable: true } as PropertyDescriptor);
      }
      freeze(copy);
      mapSet(wrapped as never, exports, copy);
      return copy;
    },
    promising(made, of) {
      const known = mapGet(facts as never, of) as Export | undefined;
      return wrap(made, known ?? { name: of.name, instance: -1 }, true);
    },
    stop() {
      isOn = false;
    },
  };
}

/** The descriptor of a function's name and length. */
const readOnlyDescriptor = (value: unknown): PropertyDescriptor =>
  ({ __proto__: null, value, writable: false, enumerable: false, configurable: true }) as PropertyDescriptor;
