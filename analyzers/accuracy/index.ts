import type { AccuracyLog } from '../../src/bundle/accuracyLog.js';
import { SCENE_VERSION } from '../../src/detection/scene.js';
import { unknown } from '../../src/fact.js';
import { enoughReplicates } from '../../src/stats/enoughReplicates.js';
import { formatScore, plural } from '../../src/view/format.js';
import { fact } from '../input.js';
import { lack, type Note, question, warning } from '../question.js';
import { type Accuracy, accuracyOf } from './accuracy.js';
import { view, where } from './view.js';

/** With a lower one the detector itself is at fault, not only the age of its results. */
const FRESH_AP = 0.95;
/** Replaying the same detections at the ages that were logged comes nearer than this to what was measured. */
const REPLAY_DIFFERENCE = 0.05;

const OTHER_SCENE =
  'The accuracy was recorded with another version of the moving scene, whose labels this version does not know: record again.';

/** Null without a log: why there is none, the collector says. */
const accuracyFact = fact('accuracy', ({ input: { accuracy: log } }) => {
  if (!log) return null;
  if (log.scene.version !== SCENE_VERSION) unknown('other-scene', OTHER_SCENE);
  return (
    accuracyOf(log) ??
    unknown('no-detections', 'The detector found nothing in a scene that stands still, so how its accuracy falls is unknown.')
  );
});

/** How accurate a detector's results are when they are shown. It is measured beside `qoe`, and known without it. */
export const accuracy = question({
  facts: { accuracy: accuracyFact },
  notes: (get) => {
    const known = get.maybe(accuracyFact);
    return known ? [...doubts(known), ...lacks(known, get.input.accuracy!)] : [];
  },
  view,
});

function doubts({ atZero, live }: Accuracy): Note[] {
  const faulty = warning(
    'accuracy-fresh',
    `Even of results that are fresh AP@.5 is ${formatScore(atZero)}: what is lost is not only due to latency.`,
  );
  const apart = live
    .filter(({ measured, replayed }) => Math.abs(measured - replayed) > REPLAY_DIFFERENCE)
    .map((round) =>
      warning(
        'accuracy-replay',
        `${where(round)} AP@.5 was ${formatScore(round.measured)}, and ${formatScore(round.replayed)} by the age of the results alone: what was detected while the scene moved differs from what was detected when it stood still.`,
      ),
    );
  return [...(atZero < FRESH_AP ? [faulty] : []), ...apart, ...fewPages(live)];
}

function fewPages(live: Accuracy['live']): Note[] {
  const few = live.filter(({ pages }) => !enoughReplicates(pages));
  if (few.length === 0) return [];
  const each = few.map((row) => `${where(row)}: ${row.pages}`).join(', ');
  return [
    warning(
      'accuracy-few-pages',
      `What is shown while the scene moves was seen in fewer than three fresh pages (${each}). How late results come differs from page to page, so there are no intervals of these.`,
    ),
  ];
}

function lacks({ live }: Accuracy, { rounds }: AccuracyLog): Note[] {
  const shown = live.reduce((sum, { pages }) => sum + pages, 0);
  if (shown === rounds.length) return [];
  return [
    lack(
      'accuracy-nothing-shown',
      `In ${rounds.length - shown} of ${plural(rounds.length, 'round')} of the moving scene no result was shown before the round ended. They are left out.`,
    ),
  ];
}
