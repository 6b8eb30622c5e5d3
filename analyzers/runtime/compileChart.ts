import type { Chart } from '../../src/view/chart.js';
import { formatMs, formatName, formatPlural } from '../../src/view/format.js';
import { fillOf, REFERENCE_FILL } from '../../src/view/palette.js';
import { stretchesChart, threadNames } from '../../src/view/stretchesChart.js';
import type { CompileUse } from './compile.js';
import { tierTitle } from './compileSpans.js';

const PHASES = 'phase of the run';
const PHASE_NAMES = { setup: 'setup', warmup: 'warm-up', predictions: 'prediction' } as const;

/** What was compiled when: a row per thread, a bar per stretch coloured by tier, and the phases of the run in a row above. */
export function compileChart({ timeline }: CompileUse): Chart {
  const threads = [...new Set(timeline.rows.map((row) => row.thread))];
  const names = threadNames(threads, short);
  const phases = timeline.phases.map(({ phase, startMs, endMs }) => ({
    thread: PHASES,
    place: 0,
    what: PHASE_NAMES[phase],
    time: `${formatMs(endMs - startMs)} from ${formatMs(startMs)}`,
    busy: '',
    from: startMs,
    to: endMs,
    fill: REFERENCE_FILL,
    opacity: phase === 'predictions' ? 0.55 : 1,
  }));
  const stretches = timeline.rows.map((row) => {
    const place = threads.indexOf(row.thread);
    return {
      thread: names[place]!,
      place: place + 1,
      what: tierTitle(row.tier),
      time: `${formatMs(row.endMs - row.startMs)} from ${formatMs(row.startMs)}`,
      busy: formatMs(row.busyMs),
      from: Math.max(0, row.startMs),
      to: Math.min(timeline.lengthMs, row.endMs),
      fill: fillOf('compile', row.tier),
      opacity: 1,
    };
  });
  const spec = stretchesChart(
    [...phases, ...stretches],
    {
      lengthMs: timeline.lengthMs,
      title: 'ms since set-up began',
      step: 26,
      tooltip: { what: 'What', time: 'Time', busy: 'Compiling', thread: 'Thread' },
    },
    { opacity: { field: 'opacity', type: 'quantitative', scale: null, legend: null } },
  );
  const alt = `Compile work over ${formatMs(timeline.lengthMs)} on ${formatPlural(threads.length, 'thread')}, from the start of set-up to the last prediction.`;
  return { spec, alt };
}

/**
 * Label for a bar, which has little room. Names of pool threads differ only in their id, so it keeps the start of a long name and
 * its last word.
 */
function short(thread: string): string {
  const text = formatName(thread, 60);
  const id = text.split(' ').at(-1)!;
  return text.length > 20 && id.length < 10 ? `${text.slice(0, 10)}… ${id}` : formatName(text, 20);
}
