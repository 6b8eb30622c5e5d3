import { answer } from '../answer.js';
import { html, prose } from '../html.js';
import type { Section } from './section.js';

/** How far the numbers can be trusted: what recording costs, and what the causes and outputs rest on. */
export const trustSection: Section = {
  id: 'trust',
  title: 'What the numbers rest on',
  render(analysis) {
    const { certainty } = answer(analysis);
    if (certainty.length === 0 || (!analysis.latency && !analysis.partition)) return null;
    return html`<ul>${certainty.map((line) => html`<li>${prose(line)}</li>`)}</ul>`;
  },
};
