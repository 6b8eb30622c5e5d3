import type { OutputCheck } from '../../src/bundle/manifest.js';
import { type Column, lead, paragraph, table } from '../../src/view/block.js';
import { formatTiny } from '../../src/view/format.js';
import type { View } from '../../src/view/view.js';

type Output = OutputCheck['outputs'][number];

/** Whether the browser computed the same as native. */
export const view: View<{ readonly outputs: OutputCheck | null }> = {
  id: 'outputs',
  title: 'Output check',
  words: {},
  blocks({ outputs }) {
    if (!outputs) return [];
    const tolerance = formatTiny(outputs.tolerance);
    return [
      outputs.match
        ? paragraph(`Browser and native outputs agree within the tolerance of ${tolerance}.`)
        : lead(`Browser and native outputs differ by more than the tolerance of ${tolerance}.`),
      table('Outputs of the same inputs, browser against native', columns(outputs), outputs.outputs),
    ];
  },
  brief: () => [],
};

const columns = ({ tolerance }: OutputCheck): readonly Column<Output>[] => [
  { id: 'output', head: 'Output', kind: 'code', limit: 60, value: ({ name }) => name },
  { id: 'shape', head: 'Shape', kind: 'text', limit: 60, value: ({ shape }) => shape.join(' × ') || 'scalar' },
  {
    id: 'maxRelativeDifference',
    head: 'Largest difference, relative',
    kind: 'tiny',
    value: ({ maxRelativeDifference }) => maxRelativeDifference,
  },
  {
    id: 'agrees',
    head: 'Verdict',
    kind: 'text',
    value: (output) => {
      if (outputAgrees(output, tolerance)) return 'agrees';
      return output.problem === null ? 'differs' : `differs: ${output.problem}`;
    },
  },
];

/** Whether an output exists and is within the tolerance. */
export function outputAgrees({ problem, maxRelativeDifference }: Output, tolerance: number): boolean {
  return problem === null && maxRelativeDifference !== null && maxRelativeDifference <= tolerance;
}
