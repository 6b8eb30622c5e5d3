import type { Analysis } from '../../../analyzers/analysis.js';
import { nextSteps } from '../nextSteps.js';
import { type Screen, wrap } from './screen.js';

/** The one or two most useful things to do next. */
export function nextLines(analysis: Analysis, { paint, width }: Screen): string[] {
  return nextSteps(analysis)
    .slice(0, 2)
    .flatMap((step, i) => [
      ...wrap(`${i === 0 ? 'Next: ' : 'Or: '}${step.text}`, width, 2),
      ...(step.command ? wrap(`  ${step.command}`, width, 1).map((line) => paint.cyan(line)) : []),
    ]);
}
