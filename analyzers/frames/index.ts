import { unknown } from '../../src/fact.js';
import { fact, trace } from '../input.js';
import { question } from '../question.js';
import { foundWindows } from '../windows/index.js';
import { countFrames } from './frames.js';
import { view } from './view.js';
import { vsyncsOf } from './vsyncs.js';

/** The vsyncs of the page that infers. */
const vsyncs = fact('vsyncs', (get) => {
  const { pid } = get(trace).tables.threads.columns;
  const windows = get.maybe(foundWindows)?.windows ?? [];
  return (
    vsyncsOf(get(trace), new Set(windows.map(({ thread }) => pid[thread]!))) ??
    unknown('no-frames', 'The trace reports no compositor frames of the page, so smoothness is unknown.')
  );
});

/** How smooth the page was during inference. */
export const frames = question({
  facts: { frames: fact('frames', (get) => countFrames(get(vsyncs), get.maybe(foundWindows)?.windows ?? [])) },
  notes: () => [],
  view,
});
