import type { Column } from '../../src/view/block.js';
import type { CallSite } from './gpuUse.js';
import { siteText } from './words.js';

/** Where in a script a call was made: a place that unfolds to its call stack. */
export function siteColumns<Row extends { readonly site: CallSite | null }>(head: string): readonly Column<Row>[] {
  return [
    {
      id: 'site',
      head,
      kind: 'code',
      value: ({ site }) => site && siteText(site),
      note: ({ site }) => (site ? null : 'not written down'),
      unfolds: ({ site }) => site?.stack ?? [],
    },
    { id: 'stack', head: 'Call stack', kind: 'code', in: ['data'], value: ({ site }) => site?.stack.join(' ← ') ?? null },
  ];
}
