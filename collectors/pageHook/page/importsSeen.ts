import { intrinsics } from './intrinsics.js';
import type { StandIns } from './standIns.js';

const { ProxyOf, setPrototypeOf } = intrinsics;

/** Imports as Wasm is to see them: the same reads in the same order, with the originals of functions. */
export function importsSeen(imports: unknown, edge: StandIns): unknown {
  const through = (object: object, seen: (value: unknown) => unknown): object => {
    const handler = { get: (_: object, key: PropertyKey) => seen((object as Record<PropertyKey, unknown>)[key]) };
    setPrototypeOf(handler, null);
    // Of an empty object: of a frozen one, as exports are, a proxy may not give anything else.
    return new ProxyOf({}, handler);
  };
  const isObject = (value: unknown): value is object =>
    (typeof value === 'object' && value !== null) || typeof value === 'function';
  if (!isObject(imports)) return imports;
  return through(imports, (module) => (isObject(module) ? through(module, (value) => edge.original(value)) : module));
}
