import type { Analysis } from '../../../analyzers/analysis.js';
import { formatPlural, formatShare } from '../format.js';
import { isOnGpu } from '../gpuFigures.js';
import { clip, type Screen } from './screen.js';

const LABEL = 'Wasm ran';

/** In one line: what ran of SIMD, relaxed SIMD and threads, beside what the CPU has; nothing where the GPU computed. */
export function instructionLines(analysis: Analysis, { paint, width }: Screen): string[] {
  const { instructionSet, run } = analysis;
  if (!instructionSet || isOnGpu(analysis)) return [];
  const { cpu, scalar, simd128, relaxed, threads } = instructionSet;
  const part = (name: string, { ran, share }: typeof simd128): string =>
    ran === null ? `${name} unknown` : ran ? `${name} ${formatShare(share)}` : `no ${name}`;
  const parts = [
    part('scalar', scalar),
    part('SIMD', simd128),
    part('relaxed SIMD', relaxed),
    run ? formatPlural(run.threads, 'thread') : threads.ran ? 'threads' : null,
    cpu &&
      `CPU ${cpu.vectorBits === null ? 'scalable vectors' : `${cpu.vectorBits}-bit`}${cpu.fusedMultiplyAdd ? ' with FMA' : ''}`,
  ].filter((each) => each !== null);
  return [`${paint.bold(LABEL)}${clip(` ${parts.join(' · ')}`, width - LABEL.length)}`];
}
