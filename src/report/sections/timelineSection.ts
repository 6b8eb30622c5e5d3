import { causePaint } from '../../../analyzers/partition/causes/index.js';
import type { Timeline } from '../../../analyzers/partition/timeline.js';
import { inertText } from '../../text/inertText.js';
import type { Chart } from '../../view/chart.js';
import { formatMs, formatPlural } from '../../view/format.js';
import { stretchesChart, threadNames } from '../charts/stretchesChart.js';
import { html, prose } from '../html.js';
import { swatch } from './names.js';
import type { Section } from './section.js';

/** A typical window, thread by thread. */
export const timelineSection: Section = {
  id: 'timeline',
  title: 'One window, by thread',
  render({ timeline }, page) {
    if (!timeline || timeline.rows.length === 0) return null;
    const causes = [...new Set(timeline.rows.map((row) => row.cause))].slice(0, 24);
    const legend = causes.map((cause) => html`<li>${swatch(cause)}${inertText(cause, 40)}</li>`);
    const cut =
      timeline.rows.length > MOST_BARS ? ` The ${MOST_BARS} longest of ${timeline.rows.length} stretches are drawn.` : '';
    return html`<p>The window of median length, ${prose(formatMs(timeline.windowMs))}.${cut}</p>
${page.figure(timelineChart(timeline), html`<ul class="legend">${legend}</ul>`)}`;
  },
};

/** More bars make a page slow and no chart clearer: the shortest are left out, and the caption says so. */
const MOST_BARS = 2500;

/** One window: a row per thread, a bar per stretch of time, coloured by cause. */
function timelineChart(timeline: Timeline): Chart {
  const threads = [...new Set(timeline.rows.map((row) => row.thread))];
  const names = threadNames(threads);
  const kept = [...timeline.rows].sort((a, b) => b.endMs - b.startMs - (a.endMs - a.startMs)).slice(0, MOST_BARS);
  const values = kept.map((row) => {
    const place = threads.indexOf(row.thread);
    const time = `${formatMs(row.endMs - row.startMs)} from ${formatMs(row.startMs)}`;
    const text = { thread: names[place]!, cause: inertText(row.cause, 40), label: inertText(row.label), time };
    return { ...text, place, from: row.startMs, to: row.endMs, fill: causePaint(row.cause).fill };
  });
  const spec = stretchesChart(values, {
    lengthMs: timeline.windowMs,
    title: 'ms since the window began',
    step: 34,
    tooltip: { label: 'What', cause: 'Cause', time: 'Time', thread: 'Thread' },
  });
  const alt = `One window of ${formatMs(timeline.windowMs)} by thread: ${formatPlural(kept.length, 'stretch')} of time on ${formatPlural(threads.length, 'thread')}.`;
  return { spec, alt };
}
