/** What the sections of a module say, without its functions being decoded. Function indexes count the imported functions first. */
export interface WasmModule {
  /** The whole module; not copied, and read again by decodeFunction. */
  readonly bytes: Uint8Array;
  readonly importedFunctions: number;
  /** Type of each function, imported ones first: a position in `signatures`. */
  readonly functionTypes: readonly number[];
  /** What each type takes and gives, null for one that is no function's; null of all where the module declares types of a kind that is not known. */
  readonly signatures: readonly (WasmSignature | null)[] | null;
  /** Byte offset in the module, per defined function, of its body: the local declarations, after the size. V8 calls this the function's offset. */
  readonly bodyStart: Uint32Array;
  /** Bytes of that body, per defined function. */
  readonly bodyBytes: Uint32Array;
  /** Function index → name: of the name section, else of the export, else of the import. Untrusted text. */
  readonly names: ReadonlyMap<number, string>;
  readonly memories: readonly WasmMemory[];
  /** Exception tags, imported and defined. */
  readonly tags: number;
  /** The `producers` section: languages, tools and SDKs that made the module. Empty if there is none. */
  readonly producers: readonly WasmProducer[];
  /** The `target_features` section: what the compiler was allowed to use, by the compiler's names (`simd128`, `relaxed-simd`, `atomics`, …); null if there is none. */
  readonly targetFeatures: readonly string[] | null;
}

/** How many values a function takes and gives. */
export interface WasmSignature {
  readonly params: number;
  readonly results: number;
}

export interface WasmMemory {
  readonly imported: boolean;
  readonly shared: boolean;
  /** Addressed by 64-bit integers. */
  readonly memory64: boolean;
}

export interface WasmProducer {
  /** language, processed-by or sdk. */
  readonly field: string;
  readonly name: string;
  readonly version: string;
}
