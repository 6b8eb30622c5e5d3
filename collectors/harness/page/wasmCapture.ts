/** A Wasm module that this realm compiled. `url` is its address if it was streamed, otherwise empty. */
export interface CapturedModule {
  readonly url: string;
  readonly bytes: Promise<ArrayBuffer>;
}

/**
 * Keeps the bytes of every module compiled in this realm, by wrapping the entry points of the WebAssembly namespace. The Debugger
 * domain would hand them out too, but it makes Wasm run in the baseline tier.
 * Modules that a worker receives already compiled (pthreads) pass through none of these; they were captured where they were
 * compiled.
 * @returns the list that fills as modules are compiled
 */
export function captureWasm(): CapturedModule[] {
  const captured: CapturedModule[] = [];
  const wasm = WebAssembly;

  const keepBytes = (source: BufferSource): void => {
    const view = ArrayBuffer.isView(source)
      ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
      : new Uint8Array(source);
    captured.push({ url: '', bytes: Promise.resolve(view.slice().buffer) });
  };
  const keepStream = async (source: Response | PromiseLike<Response>): Promise<Response> => {
    const response = await source;
    const copy = response.clone();
    captured.push({ url: response.url, bytes: copy.arrayBuffer() });
    return response;
  };

  const { instantiate, compile, instantiateStreaming, compileStreaming, Module } = wasm;
  wasm.instantiate = ((source: BufferSource | WebAssembly.Module, imports?: WebAssembly.Imports) => {
    if (!(source instanceof Module)) keepBytes(source);
    return (instantiate as (s: unknown, i?: WebAssembly.Imports) => Promise<never>)(source, imports);
  }) as typeof instantiate;
  wasm.compile = (source) => {
    keepBytes(source);
    return compile(source);
  };
  wasm.instantiateStreaming = (source, imports) => instantiateStreaming(keepStream(source), imports);
  wasm.compileStreaming = (source) => compileStreaming(keepStream(source));
  wasm.Module = new Proxy(Module, {
    construct(target, [source]: [BufferSource]) {
      keepBytes(source);
      return new target(source);
    },
  });
  return captured;
}
