import type { WasmRealm } from '../../../src/bundle/wasmLog.js';
import { intrinsics } from './intrinsics.js';

/** By what this realm's times are known on a trace's clock. */
export interface RealmClock {
  /** Leaves a user-timing mark, which a trace that is recording keeps, and takes it out of the page's own list again. */
  mark(): void;
  /** The last mark. */
  read(): WasmRealm['clock'];
}

export function realmClock(): RealmClock {
  const realm = Math.random().toString(36).slice(2);
  // https://w3c.github.io/hr-time/#dfn-coarsen-time
  const stepMs = globalThis.crossOriginIsolated ? 0.005 : 0.1;
  let count = 0;
  let clock: WasmRealm['clock'];
  const mark = (): void => {
    // A number behind it: a page that has seen one mark cannot have left the next one before.
    const name = `inferscope:page:${realm}:${count++}`;
    const { startTime } = intrinsics.mark(name);
    intrinsics.clearMarks(name);
    clock = { mark: name, atMs: startTime, stepMs };
  };
  mark();
  return { mark, read: () => clock };
}
