import type { CallFrame } from './cpuProfile.js';

const OWN = new Set(['(root)', '(program)', '(idle)', '(garbage collector)']);
/** Adapters that V8 generates between JavaScript and Wasm; those with a signature behind are Wasm to it. */
const ADAPTER = /^(wasm-to-js|js-to-wasm|wasm-to-capi|c-wasm-entry):/;

/**
 * The kind of code that a function is, in the words of Chrome's traces, which the Profiler domain leaves out. Wasm is what comes from a
 * module: by the scheme of modules that were not streamed, or by the address of one that was.
 * @param moduleUrls addresses of modules that were streamed
 */
export function codeType({ functionName, url }: CallFrame, moduleUrls: ReadonlySet<string>): 'JS' | 'wasm' | 'other' {
  if (url === '') {
    if (OWN.has(functionName)) return 'other';
    return ADAPTER.test(functionName) ? 'wasm' : 'JS';
  }
  return isWasm({ functionName, url }) || moduleUrls.has(url) ? 'wasm' : 'JS';
}

/** Whether a function is Wasm by itself, without knowing the modules. */
export function isWasm({ functionName, url }: Pick<CallFrame, 'functionName' | 'url'>): boolean {
  return url.startsWith('wasm://') || /^wasm-function\[\d+\]$/.test(functionName);
}
