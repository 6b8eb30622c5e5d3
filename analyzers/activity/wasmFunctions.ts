import type { CountLog } from '../../src/bundle/countLog.js';
import type { Trace } from '../../src/trace/trace.js';
import { classify, classTitles, type FunctionClassName, isWork } from '../../src/wasm/classify.js';
import { type DecodedModule, DecodedModules } from '../../src/wasm/decodedModules.js';
import { WasmError } from '../../src/wasm/error.js';
import { functionAt } from '../../src/wasm/functionAt.js';
import type { FunctionCode } from '../../src/wasm/functionCode.js';
import { type Executed, type FunctionPart, functionParts } from '../../src/wasm/functionParts.js';
import { type InstructionClass, mixOf } from '../../src/wasm/mix.js';
import type { Symbols } from '../../src/wasm/readSymbols.js';
import { fact, type ModuleBytes, trace } from '../input.js';

/** A sampled Wasm function, with what its code shows. */
export interface SampledFunction {
  /** `wasm-function[N]`, or its name. Untrusted text. */
  readonly name: string;
  /** Function index, imports included; null if neither name nor module gives it. */
  readonly index: number | null;
  /** URL of the module in the trace. Untrusted text. */
  readonly url: string;
  readonly module: IndexedModule | null;
  readonly code: FunctionCode | null;
  /** What it executed in a prediction; null if that was not counted. */
  readonly executed: ExecutedCode | null;
  /** That of most of its time. */
  readonly class: FunctionClassName | null;
  /** All classes that its time is or may be of, largest first; null where its class is. */
  readonly parts: readonly FunctionPart[] | null;
  readonly evidence: string | null;
}

/** What one function executed in a prediction, all threads together; means where several were counted. */
export interface ExecutedCode extends Executed {
  readonly calls: number;
  /** Float operations, each lane by itself; null: an older log. */
  readonly floats: { readonly scalar: number; readonly vector: number } | null;
}

/** What functions executed, by content hash of their module and by index. */
export type ExecutedFunctions = ReadonlyMap<string, ReadonlyMap<number, ExecutedCode>>;

export interface IndexedModule extends ModuleBytes, DecodedModule {}

export interface WasmFunctions {
  /** Per row of callFrames: its Wasm function, or null for other call frames. */
  readonly functions: readonly (SampledFunction | null)[];
  readonly modules: readonly IndexedModule[];
  /** Captured modules that cannot be decoded, with the reason. */
  readonly broken: readonly { readonly url: string; readonly reason: string }[];
}

const UNNAMED = /^wasm-function\[(\d+)\]$/;

/**
 * Joins the Wasm call frames of the CPU samples to the functions of the captured modules. The join is by the function's byte
 * offset, and by its index if the name gives one. The URL only decides between several modules that match, as V8 invents the URL
 * of a module that was not streamed. If it does not decide, no module is taken. Only sampled functions are decoded, each once.
 * @param executed what functions executed, by module and index; empty if that was not counted
 * @param symbols names for the functions of the largest module, if it has none itself
 * @param decoded modules and functions that are decoded already; new ones are added
 */
export function findWasmFunctions(
  trace: Trace,
  modules: readonly ModuleBytes[],
  symbols: Symbols | null = null,
  executed: ExecutedFunctions = new Map(),
  decoded = new DecodedModules(),
): WasmFunctions {
  const broken: { url: string; reason: string }[] = [];
  const indexed: IndexedModule[] = [];
  for (const module of modules) {
    try {
      indexed.push({ ...module, ...decoded.open(module.sha256, module.bytes) });
    } catch (error) {
      if (!(error instanceof WasmError)) throw error;
      broken.push({ url: module.url, reason: error.message });
    }
  }
  const largest = indexed.reduce<IndexedModule | null>(
    (most, each) => (most && functionsOf(most) >= functionsOf(each) ? most : each),
    null,
  );
  const { columns, length } = trace.tables.callFrames;
  const known = new Map<string, SampledFunction>();
  const functions = Array.from({ length }, (_, row) => {
    const url = columns.url.at(row);
    const name = columns.function.at(row);
    const codeType = columns.codeType.at(row);
    if (isWasmAdapter(name)) return null;
    if (codeType !== 'wasm' && !(codeType === '' && (url.startsWith('wasm://') || UNNAMED.test(name)))) return null;
    const offset = columns.column[row]!;
    const key = `${offset} ${name} ${url}`;
    let found = known.get(key);
    if (!found) {
      found = named(sampledFunction(name, url, offset, indexed, executed), largest, symbols);
      known.set(key, found);
    }
    return found;
  });
  return { functions, modules: indexed, broken };
}

function sampledFunction(
  name: string,
  url: string,
  offset: number,
  modules: readonly IndexedModule[],
  executed: ExecutedFunctions,
): SampledFunction {
  const unnamed = UNNAMED.exec(name);
  const namedIndex = unnamed ? Number(unnamed[1]) : null;
  const starting = modules.filter(({ index: { bodyStart, importedFunctions }, index }) => {
    const found = functionAt(index, offset);
    // V8 gives the first byte of the body. An offset further inside a body belongs to another module.
    return found >= 0 && bodyStart[found - importedFunctions] === offset && (namedIndex === null || namedIndex === found);
  });
  // The URL must match if the name gives no index to confirm the module by, or if several modules share offset and index.
  const sure = starting.length === 1 && (namedIndex !== null || modules.length === 1);
  const module = starting.find((candidate) => candidate.url === url) ?? (sure ? starting[0] : undefined);
  if (module) {
    const index = functionAt(module.index, offset);
    const code = module.code(index);
    const ran = executed.get(module.sha256)?.get(index) ?? null;
    const named = unnamed && code.name ? code.name : name;
    return { name: named, index, url, module, code, executed: ran, ...classified(code, ran) };
  }
  return { name, index: namedIndex, url, module: null, code: null, executed: null, class: null, parts: null, evidence: null };
}

/** A smaller part is not mentioned. */
const MIN_PART = 0.01;

function classified(code: FunctionCode, ran: ExecutedCode | null): Pick<SampledFunction, 'class' | 'parts' | 'evidence'> {
  const { class: whole, evidence } = classify(code, ran?.mix ?? null);
  if (!isWork(whole)) return { class: whole, parts: [{ class: whole, share: 1, low: 1, high: 1 }], evidence };
  const parts = functionParts(code, whole, ran);
  const counted = parts.filter(({ share }) => share >= MIN_PART);
  const byLoop = counted.map(({ class: name, share }) => `${Math.round(share * 100)} % ${classTitles[name]}`).join(', ');
  return { class: parts[0]!.class, parts, evidence: counted.length > 1 ? `${evidence}; by loop ${byLoop}` : evidence };
}

const functionsOf = ({ index }: IndexedModule): number => index.importedFunctions + index.bodyStart.length;

/** Names a function by the symbols if it has no name of its own. */
function named(sampled: SampledFunction, largest: IndexedModule | null, symbols: Symbols | null): SampledFunction {
  if (sampled.index === null || sampled.module !== largest || !UNNAMED.test(sampled.name)) return sampled;
  const name = symbols?.get(sampled.index);
  return name === undefined ? sampled : { ...sampled, name };
}

/** Names of adapters. Some have their signature after a colon. */
const ADAPTER = /^(wasm-to-js|js-to-wasm|wasm-to-capi|c-wasm-entry)(:|$)/;

/**
 * Whether a call frame is an adapter, which V8 generates between JavaScript and Wasm. V8 reports some adapters as Wasm, but no
 * module holds them. If a thread was in Wasm before sampling began, V8 may give unknown code an adapter's name and position.
 */
export const isWasmAdapter = (name: string): boolean => ADAPTER.test(name);

/** What the functions executed; empty if it was not counted. */
export const executedFunctions = fact(
  'executedFunctions',
  ({ input: { counts } }): ExecutedFunctions =>
    new Map(
      counts?.modules.map(({ sha256, functions }) => [
        sha256,
        new Map(functions.map((each) => [each.index, executedOf(each, counts.predictions)])),
      ]),
    ),
);

/** @param predictions that were counted together */
function executedOf(
  { calls, executed, floats, loops }: CountLog['modules'][number]['functions'][number],
  predictions: number,
): ExecutedCode {
  const mix = (counts: Partial<Record<InstructionClass, number>>) => mixOf((name) => (counts[name] ?? 0) / predictions);
  const known = loops.flatMap(({ offset, executed: own }) => (own ? [[offset, mix(own)] as const] : []));
  return {
    calls: calls / predictions,
    mix: mix(executed),
    floats: floats && { scalar: floats.scalar / predictions, vector: floats.vector / predictions },
    loops: known.length < loops.length ? null : new Map(known),
  };
}

/** The Wasm function of each call frame of the trace, with what its code shows. */
export const decodedFunctions = fact('decodedFunctions', (get) => {
  const { modules, symbols, decoded } = get.input;
  return findWasmFunctions(get(trace), modules, symbols, get(executedFunctions), decoded);
});
