import type { VisitLog } from '../../src/bundle/visitLog.js';
import { fileOf, type ModuleUse } from './modules.js';

/** A Wasm build of a framework that holds more than the page used of it. */
export interface UnneededBundle {
  /** Untrusted text. */
  readonly url: string;
  readonly file: string;
  /** What it is for, in a few words. */
  readonly isFor: string;
  readonly bytes: number | null;
  /** The build that would do. */
  readonly instead: string;
  /** Null: not known, as the framework's version that the page uses is not installed here. */
  readonly insteadBytes: number | null;
}

/**
 * The builds of onnxruntime-web that hold a backend for the GPU or the NPU beside the CPU's, and the one that has the CPU's alone.
 * https://onnxruntime.ai/docs/tutorials/web/deploy.html
 */
const WITH_MORE: readonly { readonly file: RegExp; readonly isFor: string; readonly instead: string }[] = [
  {
    file: /^ort-wasm-simd-threaded\.(jsep|asyncify|jspi)\.wasm$/,
    isFor: 'WebGPU and WebNN',
    instead: 'ort-wasm-simd-threaded.wasm',
  },
  { file: /^ort-wasm-simd\.jsep\.wasm$/, isFor: 'WebGPU and WebNN', instead: 'ort-wasm-simd.wasm' },
];

/**
 * Builds that were loaded for a backend that was not used.
 * @param usesGpu whether the page sent commands to a GPU
 * @param builds of the installed package. They tell the size of another build if the one that was loaded is the very same as theirs
 */
export function unneededBundles(modules: readonly ModuleUse[], usesGpu: boolean, builds: VisitLog['builds']): UnneededBundle[] {
  if (usesGpu) return [];
  return modules.flatMap(({ url, bytes }) => {
    const file = fileOf(url);
    const known = WITH_MORE.find((each) => file !== null && each.file.test(file));
    if (!known || url === null || file === null) return [];
    const isInstalled = builds.some((build) => build.file === file && build.bytes === bytes);
    const insteadBytes = isInstalled ? (builds.find((build) => build.file === known.instead)?.bytes ?? null) : null;
    return [{ url, file, isFor: known.isFor, bytes, instead: known.instead, insteadBytes }];
  });
}
