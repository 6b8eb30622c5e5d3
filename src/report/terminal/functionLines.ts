import type { Analysis } from '../../../analyzers/analysis.js';
import { formatMs, formatShare, MISSING } from '../format.js';
import { inertText } from '../inertText.js';
import { cell, clip, type Screen } from './screen.js';

const MOST_FUNCTIONS = 4;

/** The Wasm functions that take the most time themselves. */
export function functionLines({ wasm }: Analysis, { paint, width }: Screen): string[] {
  const functions = wasm?.functions.slice(0, MOST_FUNCTIONS) ?? [];
  if (functions.length === 0) return [];
  const lines = functions.map((fn) => {
    const numbers = `${cell(formatShare(fn.share), 9, 'right')} ${cell(formatMs(fn.selfMs), 10, 'right')}`;
    const where = `${cell(inertText(fn.cause ?? MISSING, 40), 22)} ${inertText(fn.name)}, ${inertText(fn.thread, 40)}`;
    return `  ${numbers}  ${clip(where, width - 24)}`;
  });
  return [paint.bold(clip('Top Wasm functions: share of their thread, self time', width)), ...lines];
}
