/**
 * Watches the Wasm memories that this realm creates or gets from an instance: by constructor, export and `grow`. Growth from
 * inside Wasm code, or by another thread, is noticed at the next reading. Memories that another realm shared with this one count
 * there, not here.
 * Install it before the scripts that create memories start.
 * @param changed called when a memory was found or has grown
 * @returns a function for their current total, bytes; collected memories count as nothing
 */
export function watchWasmMemories(changed: () => void): () => number {
  const wasm = WebAssembly;
  const { Memory, Instance, instantiate, instantiateStreaming } = wasm;
  const known = new WeakSet<WebAssembly.Memory>();
  const memories: WeakRef<WebAssembly.Memory>[] = [];

  const found = (value: unknown): void => {
    if (!(value instanceof Memory) || known.has(value)) return;
    known.add(value);
    memories.push(new WeakRef(value));
    changed();
  };
  const keepExports = <T extends WebAssembly.Instance | WebAssembly.WebAssemblyInstantiatedSource>(result: T): T => {
    const instance = result instanceof Instance ? result : (result as WebAssembly.WebAssemblyInstantiatedSource).instance;
    for (const value of Object.values(instance.exports)) found(value);
    return result;
  };

  wasm.Memory = new Proxy(Memory, {
    construct(target, [descriptor]: [WebAssembly.MemoryDescriptor]) {
      const memory = new target(descriptor);
      found(memory);
      return memory;
    },
  });
  wasm.Instance = new Proxy(Instance, {
    construct: (target, parameters: [WebAssembly.Module, WebAssembly.Imports?]) => keepExports(new target(...parameters)),
  });
  wasm.instantiate = (async (source: BufferSource, imports?: WebAssembly.Imports) =>
    keepExports(await instantiate(source, imports))) as typeof instantiate;
  wasm.instantiateStreaming = async (source, imports) => keepExports(await instantiateStreaming(source, imports));
  const { grow } = Memory.prototype;
  Memory.prototype.grow = function (this: WebAssembly.Memory, pages) {
    const before = grow.call(this, pages);
    changed();
    return before;
  };

  return () => memories.reduce((sum, memory) => sum + (memory.deref()?.buffer.byteLength ?? 0), 0);
}
