import type { Baseline, Manifest } from '../src/bundle/manifest.js';

/**
 * Why the framework took fewer threads than were asked for, as the notes and the instruction set both say it.
 * @returns null if it took them all, or never said
 */
export function fewerThreads({ workload, framework, ladder }: Manifest, baseline: Baseline | null): string | null {
  // On the GPU they are not what computes.
  if (!framework || workload.backend !== 'wasm' || framework.threads >= workload.threadsAsked) return null;
  // With a ladder the gap is to native with all cores, and holds it.
  const native =
    baseline && baseline.threads < workload.threadsAsked && !ladder?.replicates.length
      ? ` The native run was given ${baseline.threads} too, so the gap does not hold the difference.`
      : '';
  return `${framework.threads} of the ${workload.threadsAsked} threads asked for: ${reason(workload, framework)}.${native}`;
}

function reason(workload: Manifest['workload'], framework: NonNullable<Manifest['framework']>): string {
  if (!framework.crossOriginIsolated) {
    return `the page is not cross-origin isolated${workload.isolated ? '' : ' (--isolation off)'}`;
  }
  return workload.simd === false ? 'the framework has threads only together with SIMD' : 'the framework took no more';
}
