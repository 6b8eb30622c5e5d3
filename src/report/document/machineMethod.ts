import type { MachineFacts } from '../../../analyzers/machine/machine.js';
import { formatBytes, formatPlural } from '../../view/format.js';
import type { AnsweredDocument } from './document.js';

interface Measured {
  readonly machine: MachineFacts | null;
  readonly toolVersion: string;
  readonly source: { readonly name: string };
}

/** How a document was measured: the machine, what is special about it, and where it lies. */
export const machineMethod = (
  { machine, toolVersion, source }: Measured,
  own: AnsweredDocument['method'],
): AnsweredDocument['method'] => [
  ...(machine
    ? ([
        ['Machine', `${machine.cpu}, ${formatPlural(machine.cores, 'core')}, ${formatBytes(machine.memoryBytes)}`],
        ['System', `${machine.os}, Node ${machine.node}`],
      ] as const)
    : []),
  ...own,
  ['Analyzed by', `Inferscope ${toolVersion}`],
  ['Folder', source.name],
];
