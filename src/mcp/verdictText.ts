import type { Validity } from '../../analyzers/validity/validity.js';
import { formatPlural } from '../view/format.js';

/** How far the figures of an answer can be taken, in a sentence at its begin. */
export function verdictText(validity: Validity | null): string {
  if (validity === null) return 'Nothing was timed here, so there is no verdict on the measurement.';
  const reasons = formatPlural(validity.reasons.length, 'reason');
  switch (validity.verdict) {
    case 'good':
      return 'Measurement: good.';
    case 'fair':
      return `Measurement: fair, so quote figures with care (${reasons}: is_it_valid).`;
    case 'void':
      return `Not a valid measurement (${reasons}: is_it_valid): quote no figure of it, and record again.`;
  }
}
