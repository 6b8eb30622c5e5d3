import type { SessionChange } from '../src/bundle/rungPage.js';

/** What is known about a framework without looking at what is installed. Its code in the page is in harness/page/frameworks/. */
export interface Framework {
  readonly title: string;
  readonly backends: readonly string[];
  /** The model format that it reads. */
  readonly format: 'onnx' | 'tfjs' | 'tflite';
  /** Its Wasm backend also has modules without SIMD, and a setting to use them. */
  readonly switchesSimd: boolean;
  /** A script may hand over the bytes of its Wasm module, so that V8 keeps no compiled code of it. */
  readonly takesModuleBytes: boolean;
  /** Backends whose operators the framework times itself. */
  readonly profiledBackends: readonly string[];
  /** Its other published builds that a page could load in place of the usual one, by id. */
  readonly builds: Readonly<Record<string, FrameworkBuild>>;
  /** The backends on which its session can be used in each of these ways. To create it anew is possible on all. */
  readonly sessionChanges: Readonly<Partial<Record<Exclude<SessionChange, 'anew'>, readonly string[]>>>;
  /** Its npm packages: first the one that has its version, then those that only some backends need. */
  readonly packages: readonly [FrameworkPackage, ...FrameworkPackage[]];
}

/** A build of a framework, beside the one that a page usually loads. */
export interface FrameworkBuild {
  readonly backends: readonly string[];
  /** The script of the first package that a page loads in place of the usual one; null: its script loads another module. */
  readonly script: string | null;
  /** It has one thread only, or is the usual one with more: it says something of a page with one thread. */
  readonly oneThread: boolean;
}

/** A package that users install, and a folder of it that a page loads from. */
export interface FrameworkPackage {
  readonly name: string;
  /** The folder's name in URLs: `/framework/<path>/`. */
  readonly path: string;
  /** The folder in the package, with scripts or Wasm modules; `dist` by default. */
  readonly folder?: string;
  /** npm installs it with the first package, in a version that fits that one. */
  readonly isDependency?: true;
  /** The script that a page loads for a backend. Null: the backend does not need this package. */
  script(backend: string): string | null;
}

/** All supported frameworks, by id. */
export const frameworks = {
  ort: {
    title: 'onnxruntime-web',
    backends: ['wasm', 'webgl', 'webgpu'],
    format: 'onnx',
    switchesSimd: false,
    takesModuleBytes: true,
    profiledBackends: ['wasm', 'webgpu'],
    // One source: they differ in what waits for a GPU. Beside Wasm alone, pages usually load asyncify.
    builds: {
      asyncify: { backends: ['wasm'], script: 'ort.webgpu.min.mjs', oneThread: false },
      jsep: { backends: ['wasm', 'webgpu'], script: 'ort.min.mjs', oneThread: false },
      jspi: { backends: ['wasm', 'webgpu'], script: 'ort.jspi.min.mjs', oneThread: false },
    },
    sessionChanges: { 'outputs-left': ['webgpu'], 'fixed-shapes': ['wasm', 'webgpu'], 'captured-graph': ['webgpu'] },
    packages: [{ name: 'onnxruntime-web', path: 'onnxruntime-web', script: (backend) => `ort.${backend}.min.mjs` }],
  },
  tfjs: {
    title: 'TensorFlow.js',
    backends: ['wasm', 'webgl', 'webgpu'],
    format: 'tfjs',
    switchesSimd: true,
    takesModuleBytes: true,
    profiledBackends: ['wasm', 'webgl', 'webgpu'],
    // With one thread it usually takes its module without threads.
    builds: { threaded: { backends: ['wasm'], script: null, oneThread: true } },
    sessionChanges: { 'outputs-left': ['webgl', 'webgpu'] },
    // The main script includes the WebGL backend.
    packages: [{ name: '@tensorflow/tfjs', path: 'tfjs', script: () => 'tf.min.js' }, tfjsBackend('wasm'), tfjsBackend('webgpu')],
  },
  litert: {
    title: 'LiteRT.js',
    backends: ['wasm', 'webgpu'],
    format: 'tflite',
    switchesSimd: false,
    takesModuleBytes: false,
    profiledBackends: [],
    // Of one source, without relaxed SIMD: so it says what fused multiply-adds are worth.
    builds: { compat: { backends: ['wasm'], script: null, oneThread: true } },
    sessionChanges: {},
    packages: [
      { name: '@litertjs/core', path: 'litert', script: () => 'index.js' },
      { name: '@litertjs/wasm-utils', path: 'litert-wasm-utils', isDependency: true, script: () => 'index.js' },
      { name: '@litertjs/core', path: 'litert-wasm', folder: 'wasm', script: () => null },
      { name: '@litertjs/core', path: 'litert-package', folder: '.', script: () => null },
    ],
  },
} as const satisfies Record<string, Framework>;

export type FrameworkId = keyof typeof frameworks;

export const frameworkIds = Object.keys(frameworks) as readonly FrameworkId[];

/** Whether a backend computes on the GPU, or on software rendering in its place. */
export const isGpuBackend = (backend: string): boolean => backend === 'webgl' || backend === 'webgpu';

/**
 * ORT's own default: half the cores, at most four. https://onnxruntime.ai/docs/tutorials/web/env-flags-and-session-options.html
 */
export function defaultThreads(cores: number): number {
  return Math.min(4, Math.ceil(cores / 2));
}

function tfjsBackend(name: string): FrameworkPackage {
  return {
    name: `@tensorflow/tfjs-backend-${name}`,
    path: `tfjs-backend-${name}`,
    script: (backend) => (backend === name ? `tf-backend-${name}.min.js` : null),
  };
}

/**
 * URLs of the scripts that a page loads for a backend, in their order.
 * @param build another than the usual one, by its id
 */
export function scriptUrls(framework: FrameworkId, backend: string, build: string | null = null): string[] {
  const { packages, builds }: Framework = frameworks[framework];
  const other = build !== null && Object.hasOwn(builds, build) ? builds[build]!.script : null;
  return packages.flatMap(({ path, script }, i) => {
    const file = i === 0 && other !== null ? other : script(backend);
    return file === null ? [] : [`/framework/${path}/${file}`];
  });
}
