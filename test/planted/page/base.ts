import { type ProbeKind, probe } from '../../../collectors/probes/probeModules.js';

/** A kernel calibrated on this thread. */
export interface Base {
  /** Computes for about so many milliseconds: always the same amount of work, however long it takes. */
  run(ms: number): void;
}

/** Work between two calls from JavaScript: V8 swaps in optimized code only when a function is called anew. */
const CALL_MS = 1;
/** Enough calls for V8 to have optimized the kernel before it is calibrated. */
const WARM_UP_MS = 300;

/** A probe kernel that touches no memory and calls nothing: time in it is of one cause and no other. */
export async function createBase(kind: ProbeKind): Promise<Base> {
  const { instance } = await WebAssembly.instantiate(apart(kind));
  const kernel = instance.exports.run as (iterations: number) => number;
  let perCall = 10_000;
  let fastest = Number.POSITIVE_INFINITY;
  for (const start = performance.now(); performance.now() - start < WARM_UP_MS; ) {
    const before = performance.now();
    kernel(perCall);
    const ms = performance.now() - before;
    if (ms < CALL_MS / 2) perCall *= 2;
    else if (performance.now() - start > WARM_UP_MS / 2) fastest = Math.min(fastest, ms / perCall);
  }
  perCall = Math.round(CALL_MS / fastest);
  return {
    run(ms) {
      for (let call = 0; call < ms / CALL_MS; call++) kernel(perCall);
    },
  };
}

/** The probe's module behind a custom section of another length for each kind: modules of one layout cannot be told apart in a trace. */
function apart(kind: ProbeKind): Uint8Array<ArrayBuffer> {
  const { bytes } = probe(kind);
  const length = 1 + ['scalar', 'simd128', 'relaxed'].indexOf(kind);
  return Uint8Array.from([
    ...bytes.subarray(0, 8),
    0,
    length,
    length - 1,
    ...new Uint8Array(length - 1).fill(0x78),
    ...bytes.subarray(8),
  ]);
}
