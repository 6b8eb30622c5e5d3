import type { VideoLog } from '../../src/bundle/videoLog.js';
import { unknown } from '../../src/fact.js';
import { enoughReplicates } from '../../src/stats/enoughReplicates.js';
import { formatScore, percent, plural } from '../../src/view/format.js';
import { fact } from '../input.js';
import { info, lack, type Note, question, warning } from '../question.js';
import type { PlayedAccuracy } from './played.js';
import { type VideoAccuracy, videoAccuracyOf } from './videoAccuracy.js';
import { view, where } from './view.js';

/** Lower ones are seldom due to the model: it sees other pixels than it was trained with, or its classes or boxes are read wrongly. */
const FRESH = 0.2;
/** Replaying the same detections at the ages that were logged comes nearer than this to what was measured. */
const REPLAY_DIFFERENCE = 0.05;
/** With more the video did not play at its own rate. */
const MOST_DROPPED = 0.05;

/** Null without a log: why there is none, the collector says. */
const videoFact = fact('video', ({ input: { video: log } }) => {
  if (!log) return null;
  return (
    videoAccuracyOf(log) ??
    unknown('no-labelled-frames', 'No labelled frame of the video could be looked at, so how accurate results are is unknown.')
  );
});

/** How accurate results are when they are shown over a video of the user. It is measured beside `qoe`, and known without it. */
export const video = question({
  facts: { video: videoFact },
  notes: (get) => {
    const known = get.maybe(videoFact);
    return known
      ? [...ofFrames(known), ...known.live.flatMap((row) => ofPages(row, known)), ...lacks(known, get.input.video!)]
      : [];
  },
  view,
});

function ofFrames({ metric, atZero, every, lookedAt, unreached }: VideoAccuracy): Note[] {
  const fresh = warning(
    'video-fresh',
    `Even of results that are fresh ${metric} is ${formatScore(atZero)}: what is lost is not only due to latency. Look at the classes (--classes), and at what the model wants of pixels and boxes (--detects).`,
  );
  const sampled = info(
    'video-every',
    `While the video stood still, of ${every} labelled frames one was looked at (${lookedAt}), so what was shown live is not replayed.`,
  );
  const [them, are] = unreached === 1 ? ['it', 'it is'] : ['them', 'they are'];
  const missed = warning(
    'video-unreached',
    `The browser did not show ${plural(unreached, 'frame')} of the video when it was set to ${them}: ${are} left out.`,
  );
  return [...(atZero < FRESH ? [fresh] : []), ...(every > 1 ? [sampled] : []), ...(unreached > 0 ? [missed] : [])];
}

function ofPages(row: PlayedAccuracy, { metric }: VideoAccuracy): Note[] {
  const { measured, replayed, dropped, played, pages } = row;
  const few = warning(
    'video-few-pages',
    `With the model ${where(row)} the video was played in ${plural(pages, 'fresh page')} only. How late results come differs from page to page, so there is no interval.`,
  );
  const apart = warning(
    'video-replay',
    `With the model ${where(row)} ${metric} was ${formatScore(measured)}, and ${formatScore(replayed)} by the age of the results alone: what was detected while the video played differs from what was detected when it stood still.`,
  );
  const halting = warning(
    'video-dropped',
    `With the model ${where(row)} the player dropped ${percent(dropped / played)} of the frames: the video did not play at its own rate.`,
  );
  return [
    ...(replayed !== null && Math.abs(measured - replayed) > REPLAY_DIFFERENCE ? [apart] : []),
    ...(dropped > MOST_DROPPED * played ? [halting] : []),
    ...(enoughReplicates(pages) ? [] : [few]),
  ];
}

function lacks({ live }: VideoAccuracy, { rounds }: VideoLog): Note[] {
  const shown = live.reduce((sum, { pages }) => sum + pages, 0);
  if (shown === rounds.length) return [];
  return [
    lack(
      'video-nothing-shown',
      `In ${rounds.length - shown} of ${plural(rounds.length, 'page')} no result was shown over a labelled frame before the video ended. They are left out.`,
    ),
  ];
}
