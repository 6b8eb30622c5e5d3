import type { Trace } from '../../src/trace/trace.js';
import { gpuCalls } from '../partition/causes/rules.js';
import { nearestFrame } from './nearestFrame.js';
import { isWasmAdapter, type SampledFunction } from './wasmFunctions.js';

/** File names of the runtimes that are known by name; versions, variants and hashes may follow. */
const RUNTIMES = /(^|[/@])(ort|onnxruntime|tfjs|tf|tensorflow|transformers|litert|mediapipe|webnn)\b[^/]*\.m?js$/i;
/** Folders that packages are served from. */
const PACKAGES = /\/(?:node_modules|npm|ajax\/libs)\/((?:@[^/]+\/)?[^/@]+)/;

/**
 * Tells scripts of the page from the framework's. A script is the framework's if it calls Wasm or a GPU API itself, comes from the
 * same package as one that does, or is named as a known runtime. Where a bundler has put both into one file, that file is the
 * framework's.
 * @param functions per row of callFrames: its Wasm function, or null
 * @returns whether a URL is of a script of the page; null if no script of a framework was sampled, as nothing tells them apart then
 */
export function pageScripts(trace: Trace, functions: readonly (SampledFunction | null)[]): ((url: string) => boolean) | null {
  const { columns, length } = trace.tables.callFrames;
  const isGpuCall = (frame: number): boolean => gpuCalls.has(columns.function.at(frame));
  const isScript = (frame: number): boolean => columns.url.at(frame) !== '' && !isWasmAdapter(columns.function.at(frame));
  // The hook's function stands in a script of ours, and its caller is the framework's.
  const callerOf = nearestFrame(trace, (frame) => Boolean(functions[frame]) || (!isGpuCall(frame) && isScript(frame)));
  const calling = new Set<string>();
  for (let row = 0; row < length; row++) {
    if (!functions[row] && !isGpuCall(row)) continue;
    const caller = callerOf(columns.parent[row]!);
    if (caller >= 0 && !functions[caller]) calling.add(columns.url.at(caller));
  }
  if (calling.size === 0) return null;
  const packages = new Set([...calling].flatMap((url) => PACKAGES.exec(url)?.[1] ?? []));
  return (url) => {
    if (calling.has(url) || isRuntime(url)) return false;
    const from = PACKAGES.exec(url)?.[1];
    return from === undefined || !packages.has(from);
  };
}

/** Whether a script is named as a known runtime. */
export const isRuntime = (url: string): boolean => RUNTIMES.test(pathOf(url));

const pathOf = (url: string): string => url.replace(/[?#].*$/, '');
