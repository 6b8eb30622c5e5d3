import { intrinsics } from './intrinsics.js';
import { type Callable, passOn, type StandIns } from './standIns.js';
import type { ExportWrapper } from './wrapExports.js';

const { apply } = intrinsics;

/**
 * Hooks the places other than imports where functions enter and leave Wasm: tables, globals, promising. Originals go in, since
 * Wasm accepts no others; the page's stand-ins come out. https://webassembly.github.io/spec/js-api/
 */
export function hookEdges(edge: StandIns, wrapper: ExportWrapper): void {
  const { Table, Global } = WebAssembly;
  const intoWasm = (at: number) => ({
    call(original: Callable, self: unknown, parameters: unknown[]): unknown {
      if (parameters.length > at) parameters[at] = edge.original(parameters[at]);
      return passOn.call(original, self, parameters);
    },
    make(original: Callable, parameters: unknown[], newTarget: Callable): object {
      if (parameters.length > at) parameters[at] = edge.original(parameters[at]);
      return passOn.make(original, parameters, newTarget);
    },
  });
  const outOfWasm = {
    call: (original: Callable, self: unknown, parameters: unknown[]) => edge.standIn(passOn.call(original, self, parameters)),
  };
  edge.replace(Table.prototype, 'set', { call: intoWasm(1).call });
  edge.replace(Table.prototype, 'grow', { call: intoWasm(1).call });
  edge.replace(Table.prototype, 'get', outOfWasm);
  edge.replace(Global.prototype, 'valueOf', outOfWasm);
  edge.replace(Global.prototype, 'value', outOfWasm, 'get');
  edge.replace(Global.prototype, 'value', { call: intoWasm(0).call }, 'set');
  edge.replace(WebAssembly, 'Table', { make: intoWasm(1).make });
  edge.replace(WebAssembly, 'Global', { make: intoWasm(1).make });
  edge.replace(WebAssembly, 'promising', {
    call(original, self, parameters) {
      const of = edge.original(parameters[0]) as Callable;
      parameters[0] = of;
      return wrapper.promising(apply(original, self, parameters as never) as Callable, of);
    },
  });
}

const { ProxyOf, setPrototypeOf } = intrinsics;

/**
 * Imports as Wasm sees them: the same reads in the same order, but with the originals of functions.
 * @param seen called with each value that Wasm reads
 */
export function importsSeen(imports: unknown, edge: StandIns, seen: (value: unknown) => void): unknown {
  const through = (object: object, given: (value: unknown) => unknown): object => {
    const handler = { get: (_: object, key: PropertyKey) => given((object as Record<PropertyKey, unknown>)[key]) };
    setPrototypeOf(handler, null);
    // The target is an empty object: a proxy of a frozen object, like exports, must return the object's own values.
    return new ProxyOf({}, handler);
  };
  const isObject = (value: unknown): value is object =>
    (typeof value === 'object' && value !== null) || typeof value === 'function';
  if (!isObject(imports)) return imports;
  const ofModule = (value: unknown): unknown => {
    seen(value);
    return edge.original(value);
  };
  return through(imports, (module) => (isObject(module) ? through(module, ofModule) : module));
}
