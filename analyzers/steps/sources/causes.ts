import { formatShare } from '../../../src/view/format.js';
import { causeOf } from '../../partition/causes/index.js';
import type { Seen } from '../seen.js';
import { atMost, type Candidate, candidate } from '../step.js';

/** Causes whose time can be saved as it is; the entry of each says how. */
export function causeSteps({ partition }: Seen): Candidate[] {
  return (partition?.causes ?? []).flatMap(({ id, title, share, ms, ci95Ms, evidence }) => {
    const advice = causeOf(id)?.advice;
    if (!advice || share < advice.fromShare) return [];
    return [
      candidate({
        id: `cause.${id}`,
        title: advice.title,
        saves: atMost('prediction', ms, ci95Ms.every(Number.isFinite) ? ci95Ms : null),
        basis: `All of the time of “${title}”, ${formatShare(share)} of an inference.`,
        who: advice.who,
        evidence: evidence === '' ? [] : [`${evidence}.`],
      }),
    ];
  });
}
