import type { Mix } from './mix.js';
import type { WasmFeature } from './operators.js';

/** What the instructions of one function are. */
export interface FunctionCode {
  /** Counting imports, as in `wasm-function[N]`. */
  readonly index: number;
  /** Its name in the module, or null. Untrusted text. */
  readonly name: string | null;
  /** Why the body could not be read to its end, with the offset in the module; null if it was. The rest holds what was read. */
  readonly unknown: string | null;
  /** Instructions of the whole body. */
  readonly body: Mix;
  /** Those inside any loop. */
  readonly inLoops: Mix;
  /** In the order of their start. */
  readonly loops: readonly Loop[];
  /** The instructions where the time is spent, as far as code alone can tell: see hotMix. */
  readonly hot: Mix;
  /** Features beyond WebAssembly 1.0 that the body uses. */
  readonly features: ReadonlySet<WasmFeature>;
}

/**
 * A loop: from a `loop` operator to the last branch back to it. A `loop` that nothing branches back to runs once and is none,
 * and what stands behind the last branch back is outside.
 */
export interface Loop {
  /** Byte offset in the module of its `loop` operator. */
  readonly offset: number;
  /** Loops around it, itself included: 1 = outermost. */
  readonly depth: number;
  /** Position in `loops` of the loop around it; -1 if none. */
  readonly parent: number;
  /** No loop inside. */
  readonly innermost: boolean;
  /** Its instructions without those of the loops inside. */
  readonly own: Mix;
}
