import type { Analysis } from '../../analyzers/index.js';
import { type Html, html, trusted } from './html.js';
import { views } from './views.js';

/**
 * A word, or several with a comma between them, and one sentence on what is meant by it here. `alone`: it is meant only where nothing
 * else stands beside it.
 */
export type Word = readonly [word: string, meaning: string, alone?: true];

const WORDS: readonly Word[] = [
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
  ['Ladder', 'Runs from native to the browser as used, one factor apart, which measure the effect of each.'],
  ['Efficiency', 'Of threads: latency with one, over latency with n times n. At 100 % twice the threads take half the time.'],
  ['Timing pass', 'Predictions in which nothing records: latencies are of it.'],
  ['Trace pass', 'The same predictions while Chrome records a trace: causes are of it.'],
  ['Profiling pass', 'Predictions in which the framework times its operators one by one.'],
  ['Window', 'From start to end of one inference, on the trace’s clock.'],
  ['Cause, share', 'One part of the split of a window’s time; shares of all causes sum to 100 %.'],
  ['Critical path', 'What a window waited for at each moment, across threads, the GPU process and the device.'],
  ['Self time', 'Time in a function itself, without what it calls.'],
  ['Cross-origin isolated', 'A page that asked for isolation by two headers, which threads in Wasm need.'],
  ['Top tier', 'Code of V8’s optimizing compiler, which replaces that of its baseline compiler while the page runs.'],
  ['Spinning', 'Polling in a loop until others are ready: it looks like computing, and is not.'],
  ['Held', 'Memory that the run has taken and not given back, whether it is in use or not.'],
];

/** More causes in one report are not explained. */
const MOST_CAUSES = 24;

/**
 * One sentence for every kind of number in the page: first those that several sections share, then the words of each question
 * that is answered, then the causes.
 */
export function glossary(analyses: readonly Analysis[]): readonly Word[] {
  const answered = views.filter((view) => analyses.some((analysis) => view.blocks(analysis).length > 0));
  const causes = new Map(
    analyses.flatMap(({ partition }) =>
      [...(partition?.causes ?? []), ...(partition?.warmup ?? [])].map(({ title, meaning }) => [title, meaning] as const),
    ),
  );
  return [...WORDS, ...answered.flatMap((view) => Object.entries(view.words)), ...[...causes].slice(0, MOST_CAUSES).map(ofCause)];
}

/** A title that is one word is also used for other things. */
const ofCause = ([title, meaning]: readonly [string, string]): Word =>
  /\s/.test(title) ? [title, meaning] : [title, meaning, true];

/** The client shows a meaning wherever a word stands in the page. */
export function glossaryHtml(words: readonly Word[]): Html {
  return html`<dl class="facts glossary">${words.map(([word, meaning, alone]) => html`<div><dt${alone === true && trusted(' data-alone=""')}>${word}</dt><dd>${meaning}</dd></div>`)}</dl>`;
}
