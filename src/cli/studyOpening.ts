import type { Study } from '../bundle/study.js';
import { formatPlural } from '../view/format.js';

/** What a study is going to do, and what of its file it leaves out and why; a line each. */
export function studyOpening(folder: string, { name, cells, rounds, order, runs, excluded }: Study, resumed: boolean): string[] {
  const first = resumed
    ? `Going on with the study ${name} in ${folder}: ${runs.length} of ${formatPlural(order.length, 'run')} have ended.`
    : `Study ${name}: ${formatPlural(cells.length, 'combination')} in ${formatPlural(rounds, 'round')}, ${formatPlural(order.length, 'run')}, in ${folder}.`;
  const leftOut = new Map<string, number>();
  for (const { reason } of excluded) leftOut.set(reason, (leftOut.get(reason) ?? 0) + 1);
  return [first, ...[...leftOut].map(([reason, count]) => `Left out: ${formatPlural(count, 'combination')}, since ${reason}.`)];
}
