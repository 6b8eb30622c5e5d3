import type { GpuRealm } from '../../src/bundle/gpuLog.js';
import type { WasmRealm } from '../../src/bundle/wasmLog.js';

export interface HookedModule {
  readonly sha256: string;
  /** Where it was streamed from; empty where a script handed the bytes over. Untrusted text. */
  readonly url: string;
  readonly bytes: Uint8Array;
}

/** What could not be had, and of what. */
export interface HookProblem {
  readonly of: 'wasm' | 'gpu' | 'modules' | 'all';
  /** A sentence. */
  readonly why: string;
}

/** What one realm (a page, a frame of the same process, a worker) wrote down. */
export interface RealmLogs {
  /** The same for the same realm of a session, whenever it is asked. */
  readonly realm: string;
  /** Its thread did not answer: it hangs, or is one of a pool that sleeps in Wasm, in a call that has not ended. Then there is nothing else. */
  readonly silent: boolean;
  /** Null where it called nothing in Wasm, or its log is malformed. */
  readonly wasm: WasmRealm | null;
  /** Null where it used no GPU API, or its log is malformed. */
  readonly gpu: GpuRealm | null;
  /** Modules that were not handed over before. */
  readonly modules: readonly HookedModule[];
  readonly problems: readonly HookProblem[];
}

/** The hook in the realms of one session. A realm that does not answer is waited for no longer than a limit. */
export interface Hooked {
  /** Has every realm leave a mark, by which its times are found on a trace's clock: to be asked once the trace is recording. */
  markClock(): Promise<void>;
  /**
   * Everything since the realm began; to be asked as often as needed. What a page did is gone once it goes on to another.
   * @param withModules also the bytes of the modules, which takes a thread a tenth of a second and more
   */
  takeLogs(withModules: boolean): Promise<readonly RealmLogs[]>;
  /** Puts the originals back and forgets the logs. @returns what is left, and why; a sentence each */
  remove(): Promise<readonly string[]>;
}
