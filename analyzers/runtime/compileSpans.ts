import type { Trace } from '../../src/trace/trace.js';
import { type FoundSlice, findSlices, sliceArgs } from '../activity/findSlices.js';
import { flatten, type Span } from '../activity/spans.js';
import { runtime } from '../partition/causes/index.js';
import { sliceCause } from '../partition/causes/rules.js';

/** Compile work of one tier on one module or script. */
export interface CompileGroup {
  readonly tier: CompileTier;
  /** URL of the module or the script; null where the trace does not tell. Untrusted text. */
  readonly module: string | null;
}

export interface ThreadCompile {
  readonly slices: readonly FoundSlice<CompileGroup>[];
  /** Spans of the innermost compile work: sorted, free of overlap, without other causes inside them. */
  readonly spans: readonly Span<CompileGroup>[];
}

/** Something inside compile work that is not compiling. */
const NONE: CompileGroup = { tier: 'other', module: null };
/** Compile work that is a step of the compile work around it. */
const STEPS: Readonly<Partial<Record<CompileTier, readonly CompileTier[]>>> = {
  other: ['decode', 'lazy', 'baseline', 'topTier', 'cache', 'instantiate', 'javascript'],
  baseline: ['lazy'],
};
/** Modules that a page compiles synchronously from bytes, often to detect features of the browser; they have no URL. */
const FROM_BYTES = /^wasm\.Sync(Compile|Validate)$/;

/**
 * What compiled when on some threads of one run. Wasm slices do not name their module: they are assigned to the one that was
 * streamed there, or to none if there were several.
 */
export function compileSpans(trace: Trace, threads: readonly number[]): Map<number, ThreadCompile> {
  const { columns } = trace.tables.slices;
  const urls = sliceArgs(trace, 'url', 'text');
  const scripts = sliceArgs(trace, 'data.url', 'text');
  const wanted = new Set(threads);
  const streamed = new Set<string>();
  for (const [row, url] of urls) {
    if (columns.name.at(row) === 'wasm.SetUrl' && wanted.has(columns.thread[row]!)) streamed.add(url);
  }
  const module = streamed.size === 1 ? [...streamed][0]! : null;
  const groups = new Map<string, CompileGroup>();
  const group = (tier: CompileTier, of: string | null): CompileGroup => {
    const key = `${tier} ${of}`;
    const known = groups.get(key) ?? { tier, module: of };
    groups.set(key, known);
    return known;
  };
  const place = (tier: CompileTier | 'none', around: CompileGroup | null, row: number): CompileGroup => {
    if (tier === 'none') return NONE;
    if (around && around !== NONE && (around.tier === tier || STEPS[tier]?.includes(around.tier))) return around;
    if (tier === 'javascript') return group(tier, scripts.get(row) ?? null);
    return group(tier, FROM_BYTES.test(columns.name.at(row)) ? null : module);
  };
  const found = findSlices(trace, threads, (name) => compileTier(name) ?? notCompile(name), place);
  const result = new Map<number, ThreadCompile>();
  for (const [thread, slices] of found) {
    const compile = slices.filter(({ value }) => value !== NONE);
    const spans = flatten(slices).filter(({ value }) => value !== NONE);
    if (compile.length > 0) result.set(thread, { slices: compile, spans });
  }
  return result;
}

/** Other causes may interrupt compile work, and a parser on a helper thread waits for the network. */
function notCompile(name: string): 'none' | null {
  return sliceCause(name) !== null || name === 'v8.parseOnBackgroundWaiting' ? 'none' : null;
}

/** The kinds of compile work in V8. */
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

/** Title of a tier; an unknown one keeps its id. */
export function tierTitle(tier: string): string {
  return Object.hasOwn(compileTiers, tier) ? compileTiers[tier as CompileTier].title : tier;
}

/**
 * Slice names by tier, first match wins; sources:
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

/** The tier of a slice with this name; null if it is not compile work. */
function compileTier(name: string): CompileTier | null {
  const tier = RULES.find(([pattern]) => pattern.test(name))?.[1];
  if (tier) return tier;
  if (sliceCause(name) !== runtime.compile.id) return null;
  return name.startsWith('wasm.') || name.startsWith('V8.Wasm') ? 'other' : 'javascript';
}
