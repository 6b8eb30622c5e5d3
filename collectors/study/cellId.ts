import type { StudyCell } from '../../src/bundle/study.js';

/** A name for a cell that is also one for its folder: its factors, without those that leave no choice. */
export function cellId(model: string, { framework, backend, threads, simd, on }: Omit<StudyCell, 'id' | 'model'>): string {
  return [
    model,
    framework,
    backend,
    // On the GPU they are the same for all.
    ...(backend === 'wasm' ? [`t${threads}`] : []),
    ...(simd === null ? [] : [simd ? 'simd' : 'nosimd']),
    on,
  ].join('.');
}
