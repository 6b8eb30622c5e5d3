/** With or without their signature behind. */
const ADAPTER = /^(wasm-to-js|js-to-wasm|wasm-to-capi|c-wasm-entry)(:|$)/;

/**
 * Whether a frame is an adapter that V8 generates between JavaScript and Wasm. V8 calls some of them Wasm, but they are in no module; on a thread that was in
 * Wasm already when sampling began, it may give what it does not know the name and the place of one.
 */
export const isWasmAdapter = (name: string): boolean => ADAPTER.test(name);
