// The runtime of the model, as a module of Emscripten has it around its exports.

export async function model() {
  const { instance } = await WebAssembly.instantiateStreaming(fetch('/built/net.wasm'));
  const { net_create, net_run, net_free } = instance.exports;
  return { create: () => net_create(), run: () => net_run(), release: () => net_free() };
}
