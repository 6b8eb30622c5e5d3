/** How a column is stored: a typed array, or `dict`: Uint32 codes into a list of distinct strings. */
export type ColumnType = 'f64' | 'f32' | 'i32' | 'u32' | 'u16' | 'u8' | 'dict';

export interface ColumnDeclaration {
  readonly type: ColumnType;
  /** Meaning, unit, and what it joins to. */
  readonly doc: string;
}

export type TableSchema = Readonly<Record<string, ColumnDeclaration>>;

export interface ArrayOf {
  f64: Float64Array;
  f32: Float32Array;
  i32: Int32Array;
  u32: Uint32Array;
  u16: Uint16Array;
  u8: Uint8Array;
  dict: Dictionary;
}

/** A dictionary-coded string column: `strings[codes[row]]`. Also an Arquero column (`length`, `at`). */
export interface Dictionary {
  readonly codes: Uint32Array;
  /** Distinct values; may be shared by many columns of a trace. */
  readonly strings: readonly string[];
  readonly length: number;
  at(row: number): string;
}

/** The raw arrays behind a table of schema S: what hot loops use. */
export type Columns<S extends TableSchema> = { readonly [K in keyof S]: ArrayOf[S[K]['type']] };
