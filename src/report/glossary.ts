import type { Analysis } from '../../analyzers/index.js';
import { type Html, html } from './html.js';
import { views } from './sections/index.js';

const WORDS: readonly (readonly [string, string])[] = [
  ['Setup', 'Creating the session: fetching, decoding and compiling the model and the framework’s module.'],
  ['Warm-up', 'The first inference, inputs in to outputs read back.'],
  ['Prediction', 'Every later inference; quoted is the median of the timing pass.'],
  [
    '95 %',
    'Where the median of another run, in other processes, would fall: of such intervals, about 95 in 100 hold the true median.',
  ],
  ['n', 'How many predictions a median is of.'],
  [
    'Native',
    'The same model file and inputs, run without a browser on the same machine, with as many threads or on the same GPU.',
  ],
  ['Browser over native', 'Ratio of the browser’s median to the native one; 4× takes four times as long.'],
  ['Gap', 'The browser’s median minus the native one.'],
  ['Effect', 'The part of the gap that goes away when one factor is taken away, from an actual pair of runs.'],
  ['Efficiency', 'Of threads: latency with one, over latency with n times n. At 100 % twice the threads take half the time.'],
  ['Window', 'From start to end of one inference, on the trace’s clock.'],
  ['Cause, share', 'One part of the split of a window’s time; shares of all causes sum to 100 %.'],
  ['Unattributed', 'Time that no rule claims. It is shown, not spread over the others.'],
  ['Self time', 'Time in a function itself, without what it calls.'],
];

const GPU_WORDS: readonly (readonly [string, string])[] = [
  ['Software rendering', 'The CPU does the work of a GPU: times are those of this CPU, and tell nothing about a GPU.'],
  ['Device computed', 'The device’s own time in the passes of a prediction, on its own clock.'],
  [
    'GPU abstraction',
    'Time to get work to the device and results back: recording, the way to the GPU process, checking, compiling shaders, waiting, and moving bytes.',
  ],
  ['Submission', 'A call that hands recorded commands over.'],
  ['Dispatch', 'One start of a shader over its data, or one draw.'],
  ['Program', 'A shader, a linked program or a pipeline: what the device must be given in its own machine code.'],
  ['Upload, read-back', 'Bytes from the page to the GPU, and from there to the page.'],
  ['Round trip', 'The page asks, and goes on when the GPU process or the device has answered.'],
];

/**
 * One sentence for every kind of number in the page: first those that several sections share, then the words of each question
 * that is answered.
 * @param withGpu whether a GPU was used
 */
export function glossary(analyses: readonly Analysis[], withGpu: boolean): Html {
  const answered = views.filter((view) => analyses.some((analysis) => view.blocks(analysis).length > 0));
  const words = [...WORDS, ...answered.flatMap((view) => Object.entries(view.words)), ...(withGpu ? GPU_WORDS : [])];
  return html`<dl class="facts glossary">${words.map(([word, meaning]) => html`<div><dt>${word}</dt><dd>${meaning}</dd></div>`)}</dl>`;
}
