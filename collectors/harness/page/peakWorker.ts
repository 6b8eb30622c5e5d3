import { memoryProbe, probe } from '../../probes/probeModules.js';

export type PeakRequest =
  | { readonly type: 'prepare'; readonly instructions: 'scalar' | 'simd128'; readonly arrayBytes: number }
  /** Answered with the rate per ms: iterations of the arithmetic probe, or bytes of each array. */
  | { readonly type: 'round'; readonly kind: 'arithmetic' | 'memory'; readonly ms: number };

/** Short calls: optimized code serves only later calls, so it takes effect soon, and all threads end at the same time. */
const ITERATIONS = 100_000;
const CHUNK_BYTES = 2 ** 21;

let work: Readonly<Record<'arithmetic' | 'memory', () => number>>;

self.onmessage = async ({ data }: MessageEvent<PeakRequest>) => {
  if (data.type === 'round') return self.postMessage(round(work[data.kind], data.ms));
  const { instructions, arrayBytes } = data;
  const arithmetic = await started<(iterations: number) => number>(probe(instructions).bytes);
  const memory = await started<(from: number, to: number) => void>(memoryProbe(arrayBytes).bytes);
  let at = 0;
  work = {
    arithmetic() {
      arithmetic(ITERATIONS);
      return ITERATIONS;
    },
    memory() {
      const to = Math.min(arrayBytes, at + CHUNK_BYTES);
      const bytes = to - at;
      memory(at, to);
      at = to === arrayBytes ? 0 : to;
      return bytes;
    },
  };
  // The first pass makes the system allocate the memory.
  for (let bytes = 0; bytes < arrayBytes; ) bytes += work.memory();
  self.postMessage(0);
};

async function started<T>(bytes: Uint8Array<ArrayBuffer>): Promise<T> {
  return (await WebAssembly.instantiate(bytes)).instance.exports.run as T;
}

function round(once: () => number, ms: number): number {
  const start = performance.now();
  let done = 0;
  let tookMs = 0;
  while (tookMs < ms) {
    done += once();
    tookMs = performance.now() - start;
  }
  return done / tookMs;
}
