import { sliceCause } from './sliceCause.js';

/** What V8 is doing when it compiles. */
export const compileTiers = {
  decode: { title: 'Decoding and validating', meaning: 'Taking the bytes of a module, and checking them.' },
  lazy: {
    title: 'Lazy compile',
    meaning: 'Compiling a Wasm function with the baseline compiler when it is first called: the caller waits.',
  },
  baseline: { title: 'Baseline compile', meaning: 'Compiling Wasm functions with the baseline compiler before they are called.' },
  topTier: { title: 'Top-tier compile', meaning: 'Compiling hot Wasm functions again, optimized, on helper threads.' },
  cache: { title: 'Code cache', meaning: 'Writing compiled Wasm for later visits, or reading it back.' },
  instantiate: { title: 'Instantiating', meaning: 'Making an instance of a module, start function included.' },
  javascript: { title: 'JavaScript compile', meaning: 'Parsing and compiling scripts.' },
  profiler: {
    title: 'Telling the profiler',
    meaning: 'V8 telling its profiler of new code: a cost of recording, not of the page.',
  },
  other: { title: 'Other compile work', meaning: 'Compile work of V8 that has no name of its own here.' },
} as const;

export type CompileTier = keyof typeof compileTiers;

/**
 * Names by tier, the first that fits; sources:
 * https://chromium.googlesource.com/v8/v8/+/refs/heads/main/src/wasm/module-compiler.cc, wasm-engine.cc and, for scripts,
 * https://chromium.googlesource.com/chromium/src/+/refs/heads/main/third_party/blink/renderer/bindings/core/v8/
 */
const RULES: readonly (readonly [pattern: RegExp, tier: CompileTier])[] = [
  [/LogCode/, 'profiler'],
  [/^wasm\.CompileLazy$/, 'lazy'],
  [/^wasm\.(BaselineCompilation|CompileBaseline)$/, 'baseline'],
  [/^wasm\.(TopTierCompilation|CompileTopTier)$/, 'topTier'],
  [/^wasm\.(De)?[Ss]erialize|^wasm\.GetNativeModuleFromCache$|^v8\.wasm\.(cached|compiled)Module$/, 'cache'],
  [/^wasm\.(Sync|Async)Instantiate$/, 'instantiate'],
  [
    /^wasm\.(OnBytesReceived|FinishStreaming|StartStreaming|InitializeStreaming|ValidateFunctions|SyncCompile|AsyncCompile|SyncValidate|Decode|SetUrl)/,
    'decode',
  ],
  [/^v8\.parseOnBackground(Parsing)?$/, 'javascript'],
];

/** The tier that a slice of this name is; null if it is no compile work. */
export function compileTier(name: string): CompileTier | null {
  const tier = RULES.find(([pattern]) => pattern.test(name))?.[1];
  if (tier) return tier;
  if (sliceCause(name) !== 'runtime.compile') return null;
  return name.startsWith('wasm.') || name.startsWith('V8.Wasm') ? 'other' : 'javascript';
}
