import type { Analysis } from '../../../analyzers/analysis.js';
import { inertText } from '../../text/inertText.js';
import { foundText } from '../answer.js';
import { type Screen, wrap } from './screen.js';

/** How many inferences were found in a page that somebody else wrote, by what, and how sure that is; or what was looked for. */
export function inferenceLines({ inferences, page }: Analysis, { width, paint }: Screen): string[] {
  if (!page || !inferences) return [];
  if (inferences.count > 0) return wrap(foundText(inferences), width, 2);
  const looked = inferences.lookedFor.flatMap((what) => wrap(`- ${inertText(what, 200)}`, width, 2));
  return [paint.bold('No inference found. Looked for:'), ...looked];
}
