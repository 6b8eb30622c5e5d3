import { inertText } from '../../text/inertText.js';
import { html, prose } from '../html.js';
import type { Section } from './section.js';

const GROUPS = [
  ['warning', 'Doubtful'],
  ['lack', 'Not measured'],
  ['info', 'Good to know'],
] as const;

/** What could not be measured, or is doubtful, and why. */
export const notesSection: Section = {
  id: 'notes',
  title: 'What could not be measured',
  render({ notes }) {
    if (notes.length === 0) return null;
    return html`<dl class="notes">${GROUPS.map(([level, title]) => {
      const group = notes.filter((note) => note.level === level);
      return group.length === 0
        ? null
        : html`<div class="${level}"><dt>${title}</dt>${group.map((note) => html`<dd>${prose(inertText(note.text, 1000))}</dd>`)}</div>`;
    })}</dl>`;
  },
};
