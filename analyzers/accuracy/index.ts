import { SCENE_VERSION } from '../../src/detection/scene.js';
import { unknown } from '../../src/fact.js';
import { formatScore } from '../../src/view/format.js';
import { fact } from '../input.js';
import { type Note, question, warning } from '../question.js';
import { type Accuracy, accuracyOf } from './accuracy.js';
import { view, where } from './view.js';

/** With a lower one the detector itself is at fault, not only the age of its results. */
const FRESH_AP = 0.95;
/** Replaying the same detections at the ages that were logged comes nearer than this to what was measured. */
const REPLAY_DIFFERENCE = 0.05;

const OTHER_SCENE =
  'The accuracy was recorded with another version of the moving scene, whose labels this version does not know: record again.';

/** Null without a log: why there is none, the collector says. */
export const accuracyFact = fact('accuracy', ({ input: { accuracy: log } }) => {
  if (!log) return null;
  if (log.scene.version !== SCENE_VERSION) unknown('other-scene', OTHER_SCENE);
  return (
    accuracyOf(log) ??
    unknown('no-detections', 'The detector found nothing in a scene that stands still, so how its accuracy falls is unknown.')
  );
});

/** How accurate a detector's results are when they are shown: a part of `qoe`, with a section of its own. */
export const accuracy = question({
  facts: {},
  helpedBy: [accuracyFact],
  notes: (get) => {
    const known = get.maybe(accuracyFact);
    return known ? accuracyNotes(known) : [];
  },
  view,
});

function accuracyNotes({ atZero, live }: Accuracy): Note[] {
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
  return [...(atZero < FRESH_AP ? [faulty] : []), ...apart];
}
