import type { Study } from '../bundle/study.js';
import { formatPlural } from '../view/format.js';

/** What a study that is complete has come to, and what to do next. */
export function studyClosing(folder: string, { runs, order }: Study): string {
  const failed = runs.filter(({ outcome }) => outcome === 'failed').length;
  const skipped = order.length - runs.length;
  const untried =
    skipped > 0 ? `, and ${skipped} in later rounds were not tried, their combination having failed in the first` : '';
  const failures = failed > 0 ? ` ${failed} failed${untried}; study.json says why, and --retry-failed runs them again.` : '';
  return `The study is complete: ${formatPlural(runs.length - failed, 'run')} done.${failures} Next: trace analyze ${folder}`;
}
