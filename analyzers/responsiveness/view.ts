import { type Column, lead, line, table } from '../../src/view/block.js';
import { formatMs, plural } from '../../src/view/format.js';
import type { View } from '../../src/view/view.js';
import type { InteractionsIn, InteractionTimes } from './interactionsIn.js';
import { stageWords } from './stages.js';
import { stageBlocks } from './stagesView.js';

/** How long input took to show during inferences, compared with the rest of the trace. */
export const view: View<{ readonly interactions: InteractionTimes | null }> = {
  id: 'responsiveness',
  title: 'Input to paint',
  words: {
    Interaction: 'A key, a click or a tap, with all events of it: from the input to the next frame that shows its effect.',
    ...stageWords,
  },
  blocks({ interactions }) {
    if (!interactions) return [];
    const rows = [
      { when: 'During inferences', ...interactions.during },
      { when: 'Outside of them', ...interactions.outside },
    ].filter(({ count }) => count > 0);
    return [
      lead(sentence(interactions)),
      table('What the user of the page did', columns, rows),
      ...stageBlocks(
        'When',
        rows.map(({ when, stages }) => ({ title: when, stages })),
      ),
    ];
  },
  brief: ({ interactions }) => (interactions && interactions.during.count > 0 ? [line('Input', briefly(interactions))] : []),
};

/** "shown after 153 ms during inferences (14 times), after 42.7 ms otherwise (12 times)" */
function briefly({ during, outside }: InteractionTimes): string {
  const otherwise = outside.count > 0 ? `, after ${formatMs(outside.medianMs)} otherwise (${plural(outside.count, 'time')})` : '';
  return `shown after ${formatMs(during.medianMs)} during inferences (${plural(during.count, 'time')})${otherwise}`;
}

function sentence({ during, outside }: InteractionTimes): string {
  const outsideText = outside.count > 0 ? `${formatMs(outside.medianMs)} (${plural(outside.count, 'interaction')})` : null;
  if (during.count === 0) return `Nobody used the page during inferences; otherwise input took ${outsideText} to show.`;
  const duringText = `Input during inferences took ${formatMs(during.medianMs)} to show (${plural(during.count, 'interaction')}, the longest ${formatMs(during.longestMs)})`;
  return outsideText === null ? `${duringText}.` : `${duringText}, otherwise ${outsideText}.`;
}

interface Row extends InteractionsIn {
  readonly when: string;
}

const columns: readonly Column<Row>[] = [
  { id: 'when', head: 'When', kind: 'text', value: ({ when }) => when },
  { id: 'count', head: 'Interactions', kind: 'count', value: ({ count }) => count },
  { id: 'medianMs', head: 'Median', kind: 'ms', value: ({ medianMs }) => medianMs },
  { id: 'p95Ms', head: '95th percentile', kind: 'ms', value: ({ p95Ms }) => p95Ms },
  { id: 'longestMs', head: 'Longest', kind: 'ms', value: ({ longestMs }) => longestMs },
  { id: 'delayMs', head: 'Until handlers', kind: 'ms', value: ({ delayMs }) => delayMs },
  { id: 'processingMs', head: 'Handlers', kind: 'ms', value: ({ processingMs }) => processingMs },
  { id: 'presentationMs', head: 'Until the frame', kind: 'ms', value: ({ presentationMs }) => presentationMs },
];
