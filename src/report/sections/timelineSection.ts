import { inertText } from '../../text/inertText.js';
import { MOST_BARS, timelineChart } from '../charts/timelineChart.js';
import { formatMs } from '../format.js';
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
