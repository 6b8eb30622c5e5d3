import { type Column, lead, line, paragraph, table } from '../../src/view/block.js';
import { formatMs, formatShare, plural } from '../../src/view/format.js';
import type { View } from '../../src/view/view.js';
import { type FrameCounts, type FramesIn, wantedIn } from './frames.js';

/** Vsyncs that the page missed during inferences, compared with the rest of the trace. */
export const view: View<{ readonly frames: FrameCounts | null }> = {
  id: 'frames',
  title: 'Frames',
  words: {
    Vsync: 'A moment at which the display can show a new frame, 60 times a second on most.',
    'Smooth vsync': 'One at which all that was to change on the page did.',
    'Partial frame':
      'The compositor moved its part, such as a scrolling page, over a part of the main thread that was not ready.',
    'Missed vsync': 'One at which nothing new was shown, or too late, although the page was to change.',
  },
  blocks({ frames }) {
    if (!frames) return [];
    const { during, outside } = frames;
    const rows = [
      { when: 'During inferences', ...during },
      { when: 'Outside of them', ...outside },
    ].filter(({ vsyncs }) => vsyncs > 0);
    return [
      lead(sentence(frames)),
      ...(wantedIn(during) + wantedIn(outside) === 0 ? [] : [table('Vsyncs of the page', columns, rows)]),
      ...(wantedIn(outside) > 0 && wantedIn(during) > 0
        ? [paragraph('What moved may differ between the two, so that they can be compared only if the same moved in both.')]
        : []),
    ];
  },
  /** Only where something moved during inferences: a run of our own shows nothing that moves. */
  brief: ({ frames }) => (frames && wantedIn(frames.during) >= FEW ? [line('Frames', briefly(frames))] : []),
};

/** Fewer vsyncs at which something was to change are less than half a second, which says nothing about smoothness. */
const FEW = 30;

/** "15.2 % of vsyncs smooth during inferences, at most 49.1 ms apart; 100 % otherwise" */
function briefly({ during, outside }: FrameCounts): string {
  const share = (counts: FramesIn): string => formatShare(counts.onTime / wantedIn(counts));
  const apart = during.longestGapMs === null ? '' : `, at most ${formatMs(during.longestGapMs)} apart`;
  const otherwise = wantedIn(outside) === 0 ? '' : `; ${share(outside)} otherwise`;
  return `${share(during)} of vsyncs smooth during inferences${apart}${otherwise}`;
}

function sentence({ during, outside }: FrameCounts): string {
  const wanted = wantedIn(during) + wantedIn(outside);
  if (wanted === 0) return 'Nothing moved on the page, so there was no frame that it could miss.';
  if (wanted < FEW)
    return `Hardly anything moved on the page (${plural(wanted, 'frame')}), which says nothing about its smoothness.`;
  if (wantedIn(during) === 0) return `Nothing moved during inferences. Outside of them ${smoothText(outside)}.`;
  const compared = wantedIn(outside) === 0 ? '' : `, outside of them ${smoothText(outside)}`;
  return `During inferences ${smoothText(during)}${compared}.`;
}

function smoothText(counts: FramesIn): string {
  const gap = counts.longestGapMs === null ? '' : `, at most ${formatMs(counts.longestGapMs)} between two frames`;
  return `${formatShare(counts.onTime / wantedIn(counts))} of ${plural(wantedIn(counts), 'vsync')} were smooth${gap}`;
}

interface Row extends FramesIn {
  readonly when: string;
}

const columns: readonly Column<Row>[] = [
  { id: 'when', head: 'When', kind: 'text', value: ({ when }) => when },
  { id: 'vsyncs', head: 'Vsyncs', kind: 'count', value: ({ vsyncs }) => vsyncs },
  { id: 'onTime', head: 'Smooth', kind: 'count', value: ({ onTime }) => onTime },
  { id: 'partial', head: 'Partial', kind: 'count', value: ({ partial }) => partial },
  { id: 'missed', head: 'Missed', kind: 'count', value: ({ missed }) => missed },
  { id: 'idle', head: 'Nothing to show', kind: 'count', value: ({ idle }) => idle },
  {
    id: 'shareSmooth',
    head: 'Share smooth',
    kind: 'share',
    value: (row) => (wantedIn(row) === 0 ? null : row.onTime / wantedIn(row)),
  },
  { id: 'longestGapMs', head: 'Longest gap', kind: 'ms', value: ({ longestGapMs }) => longestGapMs },
  { id: 'p95GapMs', head: '95th percentile', kind: 'ms', value: ({ p95GapMs }) => p95GapMs },
];
