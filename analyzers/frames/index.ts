import { unknown } from '../../src/fact.js';
import { fact, trace } from '../input.js';
import { question } from '../question.js';
import { foundWindows } from '../windows/index.js';
import { countFrames } from './frames.js';
import { view } from './view.js';

/** How smooth the page was during inference. */
export const frames = question({
  facts: {
    frames: fact(
      'frames',
      (get) =>
        countFrames(get(trace), get.maybe(foundWindows)?.windows ?? []) ??
        unknown('no-frames', 'The trace reports no compositor frames, so smoothness is unknown.'),
    ),
  },
  notes: () => [],
  view,
});
