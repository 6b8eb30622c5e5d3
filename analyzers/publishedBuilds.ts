/** What the Wasm modules that a framework publishes can do. */
export interface PublishedBuilds {
  readonly package: string;
  /** The version that this was seen in; of another one nothing is claimed. */
  readonly version: string;
  /** Why none of them has relaxed SIMD, as the end of a sentence. */
  readonly noRelaxed: string;
}

/** By the id of the framework. test/analyzers/publishedBuilds.test.ts looks into every module of the installed packages. */
export const publishedBuilds: ReadonlyMap<string, PublishedBuilds> = new Map([
  [
    'ort',
    {
      package: 'onnxruntime-web',
      version: '1.30.0',
      // https://github.com/microsoft/onnxruntime/pull/22794
      noRelaxed:
        'none of the modules that onnxruntime-web 1.30.0 ships has any; one’s own build of it can, with --enable_wasm_relaxed_simd',
    },
  ],
  [
    'tfjs',
    {
      package: '@tensorflow/tfjs-backend-wasm',
      version: '4.22.0',
      noRelaxed: 'none of the three modules that TF.js 4.22.0 ships has any',
    },
  ],
]);
