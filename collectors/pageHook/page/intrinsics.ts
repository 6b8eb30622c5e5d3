type Uncurried<This, Args extends readonly unknown[], Result> = (self: This, ...args: Args) => Result;

const { apply, construct, defineProperty, getOwnPropertyDescriptor, ownKeys, setPrototypeOf } = Reflect;

function uncurried<This, Args extends readonly unknown[], Result>(
  method: (this: This, ...args: Args) => Result,
): Uncurried<This, Args, Result> {
  return (self, ...args) => apply(method, self as never, args as never) as Result;
}

/**
 * The getter of a prototype's property, as a function of the object. It throws for other kinds of objects, and runs no script.
 */
const getterOf = <Result>(prototype: object, name: string): ((self: unknown) => Result) =>
  uncurried(getOwnPropertyDescriptor(prototype, name)!.get as (this: unknown) => Result);

const typedArray = Object.getPrototypeOf(Uint8Array.prototype) as object;
const toBase64 = (Uint8Array.prototype as { toBase64?: (this: Uint8Array) => string }).toBase64;

/**
 * What the hook needs from the realm, taken before the page can change it. Code that runs after the installation uses only these.
 * It neither spreads nor iterates, since a page may have replaced the array iterator.
 */
export const intrinsics = {
  apply,
  construct,
  defineProperty,
  getOwnPropertyDescriptor,
  ownKeys,
  setPrototypeOf,
  freeze: Object.freeze,
  ProxyOf: Proxy,

  Numbers: Float64Array,
  Bytes: Uint8Array,
  Words: Uint32Array,
  isArray: Array.isArray,
  isView: ArrayBuffer.isView,
  finite: Number.isFinite,
  quoted: JSON.stringify as (text: string) => string,
  now: performance.now.bind(performance),
  mark: performance.mark.bind(performance),
  clearMarks: performance.clearMarks.bind(performance),
  promiseThen: uncurried(Promise.prototype.then) as <T>(
    promise: Promise<T>,
    kept: (value: T) => T,
    broken: (error: unknown) => never,
  ) => Promise<T>,
  mapGet: uncurried(WeakMap.prototype.get),
  mapSet: uncurried(WeakMap.prototype.set),
  textSlice: uncurried(String.prototype.slice),
  textHas: uncurried(String.prototype.includes) as (text: string, part: string) => boolean,
  setBytes: uncurried(Uint8Array.prototype.set as (this: object, source: object) => void),
  subarray: uncurried(Uint8Array.prototype.subarray),
  viewBuffer: getterOf<ArrayBuffer>(typedArray, 'buffer'),
  viewOffset: getterOf<number>(typedArray, 'byteOffset'),
  viewLength: getterOf<number>(typedArray, 'byteLength'),
  dataBuffer: getterOf<ArrayBuffer>(DataView.prototype, 'buffer'),
  dataOffset: getterOf<number>(DataView.prototype, 'byteOffset'),
  dataLength: getterOf<number>(DataView.prototype, 'byteLength'),
  bufferLength: getterOf<number>(ArrayBuffer.prototype, 'byteLength'),
  memoryBuffer: getterOf<ArrayBuffer>(WebAssembly.Memory.prototype, 'buffer'),
  validate: WebAssembly.validate,
  instantiate: WebAssembly.instantiate as (bytes: BufferSource, imports?: WebAssembly.Imports) => Promise<unknown>,
  WasmModule: WebAssembly.Module,
  Weak: WeakRef,
  targetOf: uncurried(WeakRef.prototype.deref) as (held: WeakRef<object>) => object | undefined,
  listen: uncurried(EventTarget.prototype.addEventListener),
  stopEvent: uncurried(Event.prototype.stopImmediatePropagation),
  messageData: typeof MessageEvent === 'undefined' ? null : getterOf<unknown>(MessageEvent.prototype, 'data'),
  Response: typeof Response === 'undefined' ? null : Response,
  responseIsOk: typeof Response === 'undefined' ? null : getterOf<boolean>(Response.prototype, 'ok'),
  responseHeaders: typeof Response === 'undefined' ? null : getterOf<Headers>(Response.prototype, 'headers'),
  headerOf: typeof Headers === 'undefined' ? null : uncurried(Headers.prototype.get),
  responseUrl: typeof Response === 'undefined' ? null : getterOf<string>(Response.prototype, 'url'),
  responseClone: typeof Response === 'undefined' ? null : uncurried(Response.prototype.clone),
  responseBytes: typeof Response === 'undefined' ? null : uncurried(Response.prototype.arrayBuffer),
  toBase64: toBase64 ? uncurried(toBase64) : null,
  fromCharCode: String.fromCharCode,
  btoa: globalThis.btoa,
} as const;
