import { isGpuBackend } from '../frameworks.js';
import { asUsed, type LadderRun, type Rung } from './rungs.js';

/** Beyond so many cores not every number of threads is tried. */
const EVERY_COUNT = 4;

/**
 * Runs beside the chain, each the page as used with one thing changed: V8's baseline tier alone, which is what a debugger leaves of
 * it; the framework's modules without SIMD, where it ships some; every other number of threads up to that of the cores. What the
 * chain runs already is left to it. On the GPU it is one: the framework's Wasm backend in its place.
 */
export function sideRungsOf(run: LadderRun): Rung[] {
  const used: Rung = { ...asUsed(run), side: true };
  if (isGpuBackend(run.backend)) {
    // Without isolation Wasm has no threads.
    return [{ ...used, id: 'wasm', backend: 'wasm', threads: used.isolated ? used.threads : 1 }];
  }
  const rungs: Rung[] = [{ ...used, id: 'tier.baseline', v8Flags: ['--liftoff-only'] }];
  // Without SIMD the chain has the other setting itself.
  if (run.simd) rungs.push({ ...used, id: 'simd.off', simd: false });
  for (const threads of threadCounts(run)) rungs.push({ ...used, id: `threads.${threads}`, threads });
  return rungs;
}

/** TF.js has threads only together with SIMD, and any page only with isolation. */
function threadCounts({ threads, cores, simd, threadsIfIsolated }: LadderRun): number[] {
  if (simd === false || threadsIfIsolated !== undefined) return [];
  const counts: number[] = [];
  for (let count = 1; count <= cores; count = cores > EVERY_COUNT ? count * 2 : count + 1) counts.push(count);
  if (counts.at(-1) !== cores) counts.push(cores);
  return counts.filter((count) => count !== threads);
}
