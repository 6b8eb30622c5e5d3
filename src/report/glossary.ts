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

/**
 * One sentence for every kind of number in the page: first those that several sections share, then the words of each question
 * that is answered.
 */
export function glossary(analyses: readonly Analysis[]): Html {
  const answered = views.filter((view) => analyses.some((analysis) => view.blocks(analysis).length > 0));
  const words = [...WORDS, ...answered.flatMap((view) => Object.entries(view.words))];
  return html`<dl class="facts glossary">${words.map(([word, meaning]) => html`<div><dt>${word}</dt><dd>${meaning}</dd></div>`)}</dl>`;
}
