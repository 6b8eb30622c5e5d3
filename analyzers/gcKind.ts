import { sliceCause } from './sliceCause.js';

/** What V8 and Blink do when they collect garbage. */
export const gcKinds = {
  minor: { title: 'Minor', meaning: 'Collecting young objects (scavenger): the thread stops.' },
  major: { title: 'Major', meaning: 'Collecting the whole heap (mark-compact), its final part: the thread stops.' },
  incremental: { title: 'Incremental marking', meaning: 'A step of a major collection, between the page’s own work.' },
  code: { title: 'Wasm code', meaning: 'Freeing baseline code that the top tier has replaced.' },
  blink: { title: 'DOM objects', meaning: 'Collecting objects of the page’s C++ heap.' },
  concurrent: { title: 'Concurrent', meaning: 'Marking, sweeping and copying on helper threads, beside the page.' },
  other: { title: 'Other', meaning: 'Requests, callbacks and clean-up around collections.' },
} as const;

export type GcKind = keyof typeof gcKinds;

/**
 * Names by kind, the first that fits; https://chromium.googlesource.com/v8/v8/+/refs/heads/main/src/heap/gc-tracer.cc and
 * https://chromium.googlesource.com/v8/v8/+/refs/heads/main/src/init/heap-symbols.h (V8.GC_…: parts of a collection).
 */
const RULES: readonly (readonly [pattern: RegExp, kind: GcKind])[] = [
  [/^V8\.GC_.*BACKGROUND/, 'concurrent'],
  [/^(MinorGC|V8\.GCScavenger|V8\.GC_SCAVENGER|V8\.GC_MINOR_MS)/, 'minor'],
  [/^V8\.(GCIncrementalMarking|GC_MC_INCREMENTAL)/, 'incremental'],
  [/^(MajorGC|V8\.GCFinalizeMC|V8\.GCCompactor|V8\.GC_MARK_COMPACTOR|V8\.GC_MC_)/, 'major'],
  [/^(V8\.WasmCodeGC|wasm\.ReportLiveCodeForGC|wasm\.FreeDeadCode)$/, 'code'],
  [/^(BlinkGC|CppGC)/, 'blink'],
];

/** The kind of collection that a slice of this name is; null if it is none. */
export function gcKind(name: string): GcKind | null {
  if (sliceCause(name) !== 'runtime.gc') return null;
  return RULES.find(([pattern]) => pattern.test(name))?.[1] ?? 'other';
}
