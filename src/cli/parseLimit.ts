import { figureTitle } from '../../analyzers/compare/figures.js';
import type { Limit } from '../bundle/compare.js';
import { inertText } from '../text/inertText.js';
import { UsageError } from './explain.js';

const FORM = /^(?:([a-z][a-z0-9.]*)=)?\+?(\d+(?:\.\d+)?) ?(%|ms|kB|MB|GB)$/;
const SCALES: Readonly<Record<string, number>> = { '%': 0.01, ms: 1, kB: 1e3, MB: 1e6, GB: 1e9 };

/**
 * How much more something may take: `5%` of the prediction, `setup=20%`, `memory=10%`, `runtime.gc=+1ms`.
 * @throws UsageError if it is none, or there is no such figure
 */
export function parseLimit(given: string): Limit {
  const [, figure = 'prediction', amount, sign] = FORM.exec(given.trim()) ?? [];
  const atMost = Number(amount) * SCALES[sign ?? '']!;
  if (sign === undefined || !(atMost > 0))
    throw new UsageError(
      `--limit ${inertText(given, 60)}: a limit is like 5%, setup=20%, memory=10% or runtime.gc=+1ms, and above 0.`,
    );
  const known = figureTitle(figure);
  if (!known)
    throw new UsageError(
      `--limit ${inertText(given, 60)}: there is no figure "${inertText(figure, 40)}"; there are prediction, setup, warmup, memory, and the ids of causes, as runtime.gc.`,
    );
  const [, measuredIn] = known;
  const unit = sign === '%' ? 'ratio' : sign === 'ms' ? 'ms' : 'bytes';
  if (unit !== 'ratio' && unit !== measuredIn)
    throw new UsageError(`--limit ${inertText(given, 60)}: ${figure} is measured in ${measuredIn === 'ms' ? 'ms' : 'bytes'}.`);
  return { figure, unit, atMost };
}
