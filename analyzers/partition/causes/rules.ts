import type { FunctionClassName } from '../../../src/wasm/classify.js';
import type { Cause, FrameRules, NameRules } from './cause.js';
import { type CauseId, type CausesById, causeIds, causes } from './index.js';

/** The cause of a slice of a page's thread, by its name. Null if the samples during it decide. */
export const sliceCause: (name: string) => CauseId | null = bySliceName(({ slices }) => slices);

/** What a thread waits for while it is blocked in a call of a GPU API, if nothing better is known. */
export type GpuWait = Having<{ readonly waits: unknown }>;

/** What a thread waits for in a slice, by its name. Null if it does not wait for the GPU process. */
export const gpuWait = bySliceName(({ waits }) => waits) as (name: string) => GpuWait | null;

/** What a wait was for that a task ends, by the name of a slice in that task. Null if the slice does not tell. */
export type AsyncWait = Having<{ readonly endsWait: unknown }>;
export const asyncWait = bySliceName(({ endsWait }) => endsWait) as (name: string) => AsyncWait | null;
/** The same for slices that only count if no other slice of the task tells. */
export const asyncWaitElse = bySliceName(({ elseEndsWait }) => elseEndsWait) as (name: string) => AsyncWait | null;

/** The cause of a slice of the GPU process, by its name. Null if the slice around it decides. */
export const gpuProcessCause: (name: string) => CauseId | null = bySliceName(({ gpuProcess }) => gpuProcess);

function bySliceName(rulesOf: (cause: Cause) => NameRules | undefined): (name: string) => CauseId | null {
  const names = new Map<string, CauseId>();
  const patterns: (readonly [pattern: RegExp, cause: CauseId])[] = [];
  for (const id of causeIds) {
    for (const rule of rulesOf(causes[id]) ?? []) {
      if (typeof rule === 'string') names.set(rule, id);
      else patterns.push([rule, id]);
    }
  }
  return (name) => names.get(name) ?? patterns.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

const byWasmClass = byFrame(({ wasm }) => wasm);

/** The cause of time in a Wasm function, by the class of its hot loops. A class that no cause claims does not compile. */
export const wasmCause = (name: ClaimedClass): CauseId => byWasmClass.get(name)!;

/** Causes of the pseudo frames that V8 puts in place of a function, by name. */
export const engineFrames = byFrame(({ engine }) => engine);

/** Causes of V8's builtins that are a cause by themselves, by name. Their callers do not matter. */
export const builtins = byFrame(({ builtins: names }) => names);

/** Causes of the functions that our hook puts in place of GPU APIs, by name. */
export const gpuCalls = byFrame(({ gpuCalls: names }) => names);

function byFrame<Name extends string>(namesOf: (rules: FrameRules) => readonly Name[] | undefined): ReadonlyMap<Name, CauseId> {
  return new Map(causeIds.flatMap((id) => (namesOf(causes[id].frames ?? {}) ?? []).map((name) => [name, id] as const)));
}

/** Ids of the causes whose entry has a given part. */
type Having<Part> = { [Id in CauseId]: CausesById[Id] extends Part ? Id : never }[CauseId];

type ClaimedClass = ClassesOf<CausesById[CauseId]>;
type ClassesOf<Of> = Of extends { readonly frames: { readonly wasm: readonly (infer Name extends FunctionClassName)[] } }
  ? Name
  : never;
