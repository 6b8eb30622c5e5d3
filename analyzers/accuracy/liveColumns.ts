import type { Column } from '../../src/view/block.js';
import { formatMs } from '../../src/view/format.js';
import type { LiveAccuracy } from './liveAccuracy.js';

type Aged = Pick<LiveAccuracy, 'pages' | 'latencyMs' | 'ageMs'>;
interface Told {
  readonly replayed: number | null;
  readonly predicted: number | null;
}

/** How many pages were seen, how long a detection takes in them, and how old results are that are shown. */
export const agedColumns: readonly Column<Aged>[] = [
  { id: 'pages', head: 'Pages', kind: 'count', value: ({ pages }) => pages },
  { id: 'latencyP50Ms', head: 'Latency', kind: 'ms', value: ({ latencyMs }) => latencyMs.p50 },
  {
    id: 'ageP50Ms',
    head: 'Age',
    kind: 'ms',
    value: ({ ageMs }) => ageMs.p50,
    ci95: ({ ageMs }) => ageMs.ci95,
    note: ({ ageMs }) => `p95 ${formatMs(ageMs.p95)}`,
  },
  { id: 'ageP95Ms', head: 'Age, p95', kind: 'ms', in: ['data'], value: ({ ageMs }) => ageMs.p95 },
];

/** What the ages of results, and the latencies alone, make of what the model finds in pictures that stand still. */
export const foretoldColumns: readonly Column<Told>[] = [
  { id: 'replayed', head: 'Replayed', kind: 'score', value: ({ replayed }) => replayed },
  { id: 'predicted', head: 'Predicted', kind: 'score', value: ({ predicted }) => predicted },
];
