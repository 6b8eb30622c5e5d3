import type { ModulePatch } from '../../src/wasm/rewrite/modulePatch.js';

/** What the hook needs in a page whose modules are to count. Plain data: it travels as text in the hook's script. */
export interface Counting {
  /** Secret name under which a worker hands its counters to whoever began it. */
  readonly mail: string;
  /** Names of exported memories with counters begin with this. */
  readonly prefix: string;
  readonly patches: readonly PagePatch[];
}

/** A patch as text. */
export interface PagePatch extends Omit<ModulePatch, 'steps'> {
  /** Of the original. */
  readonly fingerprint: number;
  /** The steps in base64, and how many bytes they are. */
  readonly steps: string;
  readonly stepBytes: number;
}

/** One memory of counters: where it is, its exported name, and the counters that are not zero. */
export type CountersRow<Numbers = Float64Array> = readonly [
  /** Constant for a memory, whichever realm tells of it. */
  id: string,
  /** Random name of the realm whose instance it is. */
  realm: string,
  /** How often it was handed on: 0 where the realm tells of its own. */
  handed: number,
  name: string,
  counters: Numbers,
  values: Numbers,
];

/** What could not be counted in a realm, by how often it occurred. */
export interface Uncounted {
  /** Modules that were compiled from bytes that no patch is for. */
  readonly unknown: number;
  /** Modules that V8 refused with counters. */
  readonly refused: number;
  /** Modules too large, with counters, for the main thread to compile or instantiate at once. */
  readonly tooLarge: number;
  /** Instances for whose counters there was no memory. */
  readonly noMemory: number;
}
