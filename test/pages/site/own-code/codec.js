export async function codec() {
  const { instance } = await WebAssembly.instantiateStreaming(fetch('/built/codec.wasm'));
  return { decode: () => instance.exports.decode() };
}
