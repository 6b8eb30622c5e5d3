import type { Analysis } from '../../../analyzers/analysis.js';
import { inertText } from '../../text/inertText.js';
import { formatMs, formatShare, MISSING } from '../format.js';
import { isOnGpu } from '../gpuFigures.js';
import { cell, clip, type Screen } from './screen.js';

const MOST_FUNCTIONS = 3;

/** The Wasm functions that take the most time themselves; of a GPU run that room is the GPU’s, and one line is the operators’ where they were timed. */
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
