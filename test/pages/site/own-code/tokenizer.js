export async function tokenizer() {
  const { instance } = await WebAssembly.instantiateStreaming(fetch('/built/tokenizer.wasm'));
  return { tokenize: () => instance.exports.encode() };
}
