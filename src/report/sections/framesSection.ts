import { formatCount, formatShare } from '../../view/format.js';
import { html } from '../html.js';
import { dataTable } from './dataTable.js';
import type { Section } from './section.js';

/** Frames the compositor dropped while inferences ran, beside the rest of the trace. */
export const framesSection: Section = {
  id: 'frames',
  title: 'Frames',
  render({ frames }) {
    if (!frames) return null;
    const rows = [
      { when: 'During windows', ...frames.during },
      { when: 'Outside windows', ...frames.outside },
    ];
    return html`${dataTable(
      'Frames of the page, and those dropped that a viewer could notice',
      [
        { head: 'When', cell: (row) => row.when },
        { head: 'Frames', numeric: true, cell: (row) => formatCount(row.frames) },
        { head: 'Dropped', numeric: true, cell: (row) => formatCount(row.dropped) },
        { head: 'Share dropped', numeric: true, cell: (row) => formatShare(row.frames === 0 ? null : row.dropped / row.frames) },
      ],
      rows,
    )}`;
  },
};
