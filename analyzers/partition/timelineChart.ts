import { inertText } from '../../src/text/inertText.js';
import type { Chart } from '../../src/view/chart.js';
import { formatMs, formatPlural } from '../../src/view/format.js';
import { stretchesChart, threadNames } from '../../src/view/stretchesChart.js';
import { causeOf, causePaint } from './causes/index.js';
import { CRITICAL_PATH, type Timeline } from './timeline.js';

/** More bars make a page slow and no chart clearer: the shortest are left out, and the caption says so. */
export const MOST_BARS = 2500;

/** One window: a row per thread, a bar per stretch of time, coloured by cause. */
export function timelineChart({ rows, windowMs }: Timeline): Chart {
  const seen = new Set(rows.map((row) => row.thread));
  // What happens when the window begins, begins with it on each thread.
  const threads = [...seen].sort((a, b) => Number(b === CRITICAL_PATH) - Number(a === CRITICAL_PATH));
  const names = threadNames(threads);
  const kept = [...rows].sort((a, b) => b.endMs - b.startMs - (a.endMs - a.startMs)).slice(0, MOST_BARS);
  const values = kept.map((row) => {
    const place = threads.indexOf(row.thread);
    const time = `${formatMs(row.endMs - row.startMs)} from ${formatMs(row.startMs)}`;
    const text = {
      thread: names[place]!,
      cause: inertText(causeOf(row.cause)?.title ?? row.cause, 40),
      label: inertText(row.label),
      time,
    };
    return { ...text, place, from: row.startMs, to: row.endMs, fill: causePaint(row.cause).fill };
  });
  const spec = stretchesChart(values, {
    lengthMs: windowMs,
    title: 'ms since the window began',
    step: 34,
    tooltip: { label: 'What', cause: 'Cause', time: 'Time', thread: 'Thread' },
  });
  const alt = `One window of ${formatMs(windowMs)} by thread: ${formatPlural(kept.length, 'stretch')} of time on ${formatPlural(threads.length, 'thread')}.`;
  return { spec, alt };
}
