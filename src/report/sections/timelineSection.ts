import type { TopLevelSpec } from 'vega-lite';
import { causePaint } from '../../../analyzers/partition/causes/index.js';
import type { Timeline } from '../../../analyzers/partition/timeline.js';
import { inertText } from '../../text/inertText.js';
import { type Chart, LITERAL_COLOUR } from '../../view/chart.js';
import { formatMs, formatPlural } from '../../view/format.js';
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
  const names = threads.map((thread, place) => distinct(thread, place, threads));
  const kept = [...timeline.rows].sort((a, b) => b.endMs - b.startMs - (a.endMs - a.startMs)).slice(0, MOST_BARS);
  const values = kept.map((row) => {
    const place = threads.indexOf(row.thread);
    const time = `${formatMs(row.endMs - row.startMs)} from ${formatMs(row.startMs)}`;
    const text = { thread: names[place]!, cause: inertText(row.cause, 40), label: inertText(row.label), time };
    return { ...text, place, from: row.startMs, to: row.endMs, fill: causePaint(row.cause).fill };
  });
  const spec: TopLevelSpec = {
    data: { values },
    height: { step: 34 },
    mark: { type: 'bar', height: { band: 0.8 } },
    encoding: {
      x: {
        field: 'from',
        type: 'quantitative',
        scale: { domain: [0, timeline.windowMs], nice: false },
        axis: { title: 'ms since the window began', grid: true, tickCount: 6 },
      },
      x2: { field: 'to' },
      y: { field: 'thread', type: 'nominal', sort: { field: 'place' }, axis: { title: null } },
      color: { field: 'fill', ...LITERAL_COLOUR },
      tooltip: [
        { field: 'label', title: 'What' },
        { field: 'cause', title: 'Cause' },
        { field: 'time', title: 'Time' },
        { field: 'thread', title: 'Thread' },
      ],
    },
  };
  const alt = `One window of ${formatMs(timeline.windowMs)} by thread: ${formatPlural(kept.length, 'stretch')} of time on ${formatPlural(threads.length, 'thread')}.`;
  return { spec, alt };
}

/** Shortened names may be equal; a number tells them apart. */
function distinct(thread: string, place: number, threads: readonly string[]): string {
  const short = inertText(thread, 40);
  return threads.some((other, i) => i !== place && inertText(other, 40) === short) ? `${short} #${place + 1}` : short;
}
