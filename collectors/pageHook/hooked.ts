import type { GpuRealm } from '../../src/bundle/gpuLog.js';
import type { WasmRealm } from '../../src/bundle/wasmLog.js';
import type { Wait } from '../whileProgress.js';
import type { CountersRow, Uncounted } from './counting.js';

export interface HookedModule {
  readonly sha256: string;
  /** Its address if it was streamed; empty if a script passed the bytes. Untrusted text. */
  readonly url: string;
  readonly bytes: Uint8Array;
}

/** Something that could not be recorded, and of what. */
export interface HookProblem {
  readonly of: 'wasm' | 'gpu' | 'modules' | 'all';
  /** The reason, as a sentence. */
  readonly why: string;
}

/** The logs of one realm (a page, a frame of the same process, a worker). */
export interface RealmLogs {
  /** Constant for a realm of a session. */
  readonly realm: string;
  /**
   * Its thread did not answer: it hangs, or it is a pool thread that sleeps in Wasm, in a call that has not ended. All else is
   * then empty.
   */
  readonly silent: boolean;
  /** Null if it called nothing in Wasm, or its log is malformed. */
  readonly wasm: WasmRealm | null;
  /** Null if it used no GPU API, or its log is malformed. */
  readonly gpu: GpuRealm | null;
  /** Modules that were not returned before. */
  readonly modules: readonly HookedModule[];
  readonly problems: readonly HookProblem[];
}

/** What a realm told of its counters at one moment, and of the calls into Wasm until then. */
export interface RealmCounts {
  /** When: the name of the realm's first mark, which tells realms apart, and ms of its own clock. */
  readonly at: { readonly mark: string; readonly ms: number };
  /** Null if it made no instance. Hashes of modules stand for them, and are not theirs. */
  readonly wasm: WasmRealm | null;
  readonly counters: readonly CountersRow<readonly number[]>[];
  readonly uncounted: Uncounted;
}

/** The hook in the realms of one session. What waits for answers is passed in: a thread that sleeps in Wasm never gives one. */
export interface Hooked {
  /**
   * Makes every realm leave a mark that places its times on a trace's clock. Call it while the trace is recording.
   * @returns whether all threads answered
   */
  markClock(wait: Wait): Promise<boolean>;
  /**
   * Everything since the realm began. It can be called repeatedly. The logs of a page are lost when it navigates.
   * @param withModules adds the bytes of the modules, which takes a thread a tenth of a second and more
   */
  takeLogs(withModules: boolean, wait: Wait): Promise<readonly RealmLogs[]>;
  /**
   * What the modules of each realm counted so far; it was hooked so that they count. A realm that does not answer, or answers
   * what cannot be read, is null.
   */
  takeCounts(wait: Wait): Promise<readonly (RealmCounts | null)[]>;
  /** Restores the originals and deletes the logs. @returns what remains and why, a sentence each */
  remove(wait: Wait): Promise<readonly string[]>;
}
