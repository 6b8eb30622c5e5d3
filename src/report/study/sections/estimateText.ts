import type { RoundsEstimate } from '../../../../analyzers/study/studyAnalysis.js';
import { formatInterval, MISSING } from '../../../view/format.js';
import { type Html, html } from '../../html.js';

/** A number with its interval below: the table's cell. */
export function estimateText(estimate: RoundsEstimate | null, format: (value: number) => string): Html {
  if (!estimate) return html`${MISSING}`;
  const interval = estimate.ci95 && html`<span class="evidence">${formatInterval(estimate.ci95, estimate.value)}</span>`;
  return html`${format(estimate.value)}${interval}`;
}
