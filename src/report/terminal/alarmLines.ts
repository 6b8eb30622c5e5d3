import type { Analysis } from '../../../analyzers/analysis.js';
import { answer } from '../answer.js';
import { type Screen, wrap } from './screen.js';

/** What must not be overlooked, before everything else. */
export function alarmLines(analysis: Analysis, { paint, width }: Screen): string[] {
  return answer(analysis).alarms.flatMap((alarm) => wrap(`! ${alarm}`, width, 3).map((line) => paint.bold(paint.red(line))));
}
