import type { WasmRealm } from '../../../src/bundle/wasmLog.js';
import { intrinsics } from './intrinsics.js';

/** Relates this realm's times to a trace's clock. */
export interface RealmClock {
  /** Leaves a user-timing mark, which a recording trace keeps, and removes it from the page's own list. */
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
    // With a number at the end: a page that has seen one mark cannot forge the next one in advance.
    const name = `inferscope:page:${realm}:${count++}`;
    const { startTime } = intrinsics.mark(name);
    intrinsics.clearMarks(name);
    clock = { mark: name, atMs: startTime, stepMs };
  };
  mark();
  return { mark, read: () => clock };
}
