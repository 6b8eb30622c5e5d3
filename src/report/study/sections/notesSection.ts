import { inertText } from '../../../text/inertText.js';
import { html, prose } from '../../html.js';
import type { StudySection } from './section.js';

/** What is doubtful or missing. */
export const notesSection: StudySection = {
  id: 'notes',
  title: 'What is doubtful or missing',
  render({ notes }) {
    if (notes.length === 0) return null;
    const title = { warning: 'Doubtful', lack: 'Not measured', info: 'Note' } as const;
    return html`<dl class="notes">${notes.map(
      ({ level, text }) => html`<div class="${level}"><dt>${title[level]}</dt><dd>${prose(inertText(text, 600))}</dd></div>`,
    )}</dl>`;
  },
};
