import { isGpuBackend } from '../frameworks.js';
import { asUsed, type LadderRun, type Rung } from './rungs.js';

/** With more cores than this, not every number of threads is tried. */
const EVERY_COUNT = 4;

/**
 * Side runs: the page as used with one change each. On the CPU these are: only V8's baseline tier, as under a debugger; the
 * framework's modules without SIMD, if it has some; and other numbers of threads, up to the number of cores. Settings that the
 * chain already runs are left out. On the GPU there is one: the framework's Wasm backend instead.
 */
export function sideRungsOf(run: LadderRun): Rung[] {
  const used: Rung = { ...asUsed(run), side: true };
  if (isGpuBackend(run.backend)) {
    // Without isolation Wasm has no threads.
    return [{ ...used, id: 'wasm', backend: 'wasm', threads: used.page.isolated ? used.threads : 1 }];
  }
  const rungs: Rung[] = [{ ...used, id: 'tier.baseline', v8Flags: ['--liftoff-only'] }];
  // For a run without SIMD, the chain already includes the other setting.
  if (run.simd) rungs.push({ ...used, id: 'simd.off', simd: false });
  for (const threads of threadCounts(run)) rungs.push({ ...used, id: `threads.${threads}`, threads });
  return rungs;
}

/** TF.js needs SIMD for threads, and any page needs isolation. */
function threadCounts({ threads, cores, simd, threadsIfIsolated }: LadderRun): number[] {
  if (simd === false || threadsIfIsolated !== undefined) return [];
  const counts: number[] = [];
  for (let count = 1; count <= cores; count = cores > EVERY_COUNT ? count * 2 : count + 1) counts.push(count);
  if (counts.at(-1) !== cores) counts.push(cores);
  return counts.filter((count) => count !== threads);
}
