import { type Column, table } from '../../src/view/block.js';
import type { View } from '../../src/view/view.js';
import type { FrameCounts } from './frames.js';

/** Frames that the compositor dropped during inferences, compared with the rest of the trace. */
export const view: View<{ readonly frames: FrameCounts | null }> = {
  id: 'frames',
  title: 'Frames',
  words: {
    'Dropped frame': 'A frame that was not shown although the page had changed, at a moment at which a viewer could notice.',
  },
  blocks({ frames }) {
    if (!frames) return [];
    const rows = [
      { when: 'During windows', ...frames.during },
      { when: 'Outside windows', ...frames.outside },
    ];
    return [table('Frames of the page, and those dropped that a viewer could notice', columns, rows)];
  },
  /** Empty: when everything was measured, the 30 lines of the terminal are already full. */
  brief: () => [],
};

interface Row {
  readonly when: string;
  readonly frames: number;
  readonly dropped: number;
}

const columns: readonly Column<Row>[] = [
  { id: 'when', head: 'When', kind: 'text', value: ({ when }) => when },
  { id: 'frames', head: 'Frames', kind: 'count', value: ({ frames }) => frames },
  { id: 'dropped', head: 'Dropped', kind: 'count', value: ({ dropped }) => dropped },
  {
    id: 'shareDropped',
    head: 'Share dropped',
    kind: 'share',
    value: ({ frames, dropped }) => (frames === 0 ? null : dropped / frames),
  },
];
