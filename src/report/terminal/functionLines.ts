import { isOnGpu } from '../../../analyzers/gpu/words.js';
import type { Analysis } from '../../../analyzers/index.js';
import { inertText } from '../../text/inertText.js';
import { formatMs, formatPlural, formatShare, MISSING } from '../../view/format.js';
import { cell, clip, type Screen } from './screen.js';

const MOST_FUNCTIONS = 3;

/**
 * The Wasm functions with the most self time. A GPU run leaves this room to the GPU’s lines, and shows the operators in one line
 * where they were timed.
 */
export function functionLines(analysis: Analysis, { paint, width }: Screen): string[] {
  const functions = analysis.wasm?.functions.slice(0, analysis.kernelTotals ? MOST_FUNCTIONS - 1 : MOST_FUNCTIONS) ?? [];
  if (functions.length === 0 || isOnGpu(analysis)) return [];
  const threads = new Set(functions.map((fn) => fn.thread));
  const lines = functions.map((fn) => {
    const numbers = `${cell(formatShare(fn.share), 9, 'right')} ${cell(formatMs(fn.selfMs), 10, 'right')}`;
    const where = `${cell(inertText(fn.cause ?? MISSING, 40), 14)} ${inertText(fn.name)}${threads.size > 1 ? `, ${inertText(fn.thread, 40)}` : ''}`;
    return `  ${numbers}  ${clip(where, width - 24)}`;
  });
  return [
    paint.bold(
      clip(
        `Top Wasm functions${threads.size > 1 ? '' : ` of ${inertText(functions[0]!.thread, 40)}`}: share, self time over all windows`,
        width,
      ),
    ),
    ...lines,
  ];
}

const LABEL = 'Wasm ran';

/** One line: the SIMD, relaxed SIMD and threads that ran, and what the CPU has; nothing where the GPU computed. */
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
