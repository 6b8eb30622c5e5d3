import type { Trace } from '../../src/trace/trace.js';
import { classify, type FunctionClassName } from '../../src/wasm/classify.js';
import { type DecodedModule, DecodedModules } from '../../src/wasm/decodedModules.js';
import { WasmError } from '../../src/wasm/error.js';
import { functionAt } from '../../src/wasm/functionAt.js';
import type { FunctionCode } from '../../src/wasm/functionCode.js';
import type { Symbols } from '../../src/wasm/readSymbols.js';
import type { ModuleBytes } from '../input.js';
import { fact, trace } from '../input.js';

/** A Wasm function that was sampled, and what its code says. */
export interface SampledFunction {
  /** `wasm-function[N]`, or its name. Untrusted text. */
  readonly name: string;
  /** Function index, imports counted; null where neither name nor module gives it. */
  readonly index: number | null;
  /** URL of the module as the trace has it. Untrusted text. */
  readonly url: string;
  readonly module: IndexedModule | null;
  readonly code: FunctionCode | null;
  readonly class: FunctionClassName | null;
  readonly evidence: string | null;
}

export interface IndexedModule extends ModuleBytes, DecodedModule {}

export interface WasmFunctions {
  /** Per row of callFrames: the Wasm function it is, or null for all others. */
  readonly functions: readonly (SampledFunction | null)[];
  readonly modules: readonly IndexedModule[];
  /** Modules whose bytes are there but cannot be read, with the reason. */
  readonly broken: readonly { readonly url: string; readonly reason: string }[];
}

const UNNAMED = /^wasm-function\[(\d+)\]$/;

/**
 * Joins the Wasm frames of the CPU samples to the functions of the captured modules. The join is by the function's byte offset,
 * confirmed by its index where the name gives one; the URL only says which module to try first, since a module that was not
 * streamed has an invented one; where several would do and it does not tell them apart, none is taken. Only sampled functions are decoded, each once.
 * @param symbols names for the functions of the largest module, where that has none itself
 * @param decoded what is indexed and decoded already
 */
export function findWasmFunctions(
  trace: Trace,
  modules: readonly ModuleBytes[],
  symbols: Symbols | null = null,
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
      found = named(sampledFunction(name, url, offset, indexed), largest, symbols);
      known.set(key, found);
    }
    return found;
  });
  return { functions, modules: indexed, broken };
}

function sampledFunction(name: string, url: string, offset: number, modules: readonly IndexedModule[]): SampledFunction {
  const unnamed = UNNAMED.exec(name);
  const said = unnamed ? Number(unnamed[1]) : null;
  const starting = modules.filter(({ index: { bodyStart, importedFunctions }, index }) => {
    const found = functionAt(index, offset);
    // V8 gives the first byte of the body: one further inside is of another module.
    return found >= 0 && bodyStart[found - importedFunctions] === offset && (said === null || said === found);
  });
  // A named function gives no index to confirm the module by, and modules of one layout share offset and index: then only the URL vouches.
  const sure = starting.length === 1 && (said !== null || modules.length === 1);
  const module = starting.find((candidate) => candidate.url === url) ?? (sure ? starting[0] : undefined);
  if (module) {
    const index = functionAt(module.index, offset);
    const code = module.code(index);
    const { class: kind, evidence } = classify(code);
    return { name: unnamed && code.name ? code.name : name, index, url, module, code, class: kind, evidence };
  }
  return { name, index: said, url, module: null, code: null, class: null, evidence: null };
}

const functionsOf = ({ index }: IndexedModule): number => index.importedFunctions + index.bodyStart.length;

/** The function under the name that the symbols give it, if it has none of its own. */
function named(sampled: SampledFunction, largest: IndexedModule | null, symbols: Symbols | null): SampledFunction {
  if (sampled.index === null || sampled.module !== largest || !UNNAMED.test(sampled.name)) return sampled;
  const name = symbols?.get(sampled.index);
  return name === undefined ? sampled : { ...sampled, name };
}

/** With or without their signature behind. */
const ADAPTER = /^(wasm-to-js|js-to-wasm|wasm-to-capi|c-wasm-entry)(:|$)/;

/**
 * Whether a frame is an adapter that V8 generates between JavaScript and Wasm. V8 calls some of them Wasm, but they are in no module; on a thread that was in
 * Wasm already when sampling began, it may give what it does not know the name and the place of one.
 */
export const isWasmAdapter = (name: string): boolean => ADAPTER.test(name);

/** Which Wasm function each call-stack frame of the trace is in. */
export const wasmFunctions = fact('wasmFunctions', (get) => {
  const { modules, symbols, decoded } = get.input;
  return findWasmFunctions(get(trace), modules, symbols, decoded);
});
