import { decodeFunction } from './decodeFunction.js';
import type { FunctionCode } from './functionCode.js';
import { holdsFeature, type PrefixedFeature } from './holdsFeature.js';
import { indexModule } from './indexModule.js';
import type { WasmModule } from './module.js';

/** A module whose functions are decoded when first asked for, each once. */
export interface DecodedModule {
  readonly index: WasmModule;
  code(index: number): FunctionCode;
  /** Whether any of its functions holds such an instruction: see holdsFeature. */
  holds(feature: PrefixedFeature): boolean | null;
}

/** Modules that are kept; the one unused for longest goes first. Bundles of one study share one or two. */
const MOST_MODULES = 8;

/**
 * What has been decoded so far, for as long as its owner keeps it: several bundles mostly hold the same module, and indexing and
 * decoding it once is enough. Nothing that is asked of it depends on what was asked before.
 */
export class DecodedModules {
  readonly #byHash = new Map<string, DecodedModule>();

  /**
   * @param sha256 of the bytes, as a bundle says; it is only believed where the bytes are indeed the same
   * @throws WasmError where the bytes are no module
   */
  open(sha256: string, bytes: Uint8Array): DecodedModule {
    const known = this.#byHash.get(sha256);
    const module = known && sameBytes(known.index.bytes, bytes) ? known : decodedModule(indexModule(bytes));
    this.#byHash.delete(sha256);
    this.#byHash.set(sha256, module);
    if (this.#byHash.size > MOST_MODULES) this.#byHash.delete(this.#byHash.keys().next().value!);
    return module;
  }
}

function decodedModule(index: WasmModule): DecodedModule {
  const codes = new Map<number, FunctionCode>();
  const features = new Map<PrefixedFeature, boolean | null>();
  const once = <Key, Value>(kept: Map<Key, Value>, key: Key, make: () => Value): Value => {
    if (!kept.has(key)) kept.set(key, make());
    return kept.get(key)!;
  };
  const code = (number: number): FunctionCode => once(codes, number, () => decodeFunction(index, number));
  return { index, code, holds: (feature) => once(features, feature, () => holdsFeature(index, feature, code)) };
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  // Not `every`: a call for each of 14 million bytes takes longer than decoding what is needed of them.
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
