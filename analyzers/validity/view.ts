import { verdict } from '../../src/view/block.js';
import type { View } from '../../src/view/view.js';
import type { Validity } from './validity.js';

const TEXTS: Readonly<Record<Validity['verdict'], string>> = {
  good: 'Measurement: good.',
  fair: 'Measurement: fair, to be taken with care.',
  void: 'Not a valid measurement.',
};

/** The verdict on the measurement, and its reasons. */
export const view: View<{ readonly validity: Validity | null }> = {
  id: 'validity',
  title: 'Is it a valid measurement',
  words: {
    Valid:
      'Whether the figures are of what was to be measured: good, fair (with care) or void. Void are, for example, predictions that lacked a core for a fifth of their time, and intervals that are wider than the value.',
  },
  blocks: ({ validity }) =>
    validity
      ? [
          verdict(
            validity.verdict,
            TEXTS[validity.verdict],
            validity.reasons.map(({ text }) => text),
          ),
        ]
      : [],
  brief: () => [],
};
