import type { InstructionSet, InstructionUse } from '../../../analyzers/instructions/instructionSet.js';
import { isa } from '../../../analyzers/partition/causes/index.js';
import { inertText } from '../../text/inertText.js';
import { formatShare, MISSING } from '../../view/format.js';
import { html, prose } from '../html.js';
import { dataTable } from './dataTable.js';
import { swatch } from './names.js';
import type { Section } from './section.js';

/** Which of the CPU's instructions ran, and why not more of them. */
export const instructionSetSection: Section = {
  id: 'instruction-set',
  title: 'Instruction set',
  render({ instructionSet: set }) {
    if (!set) return null;
    const sentences = [restSentence(set), set.bound?.why ?? (set.cpu ? null : UNKNOWN_CPU), set.measured].filter(
      (sentence) => sentence !== null,
    );
    return html`${dataTable<Row>('What ran of what Wasm can use', columns, rows(set))}
${sentences.map((sentence) => html`<p>${prose(inertText(sentence, 500))}</p>`)}`;
  },
};

const UNKNOWN_CPU = 'What vectors this CPU has is unknown here, so there is nothing to hold the Wasm against.';

/** Functions that compute nothing are in none of the rows. */
function restSentence({ scalar, simd128 }: InstructionSet): string | null {
  if (scalar.share === null || simd128.share === null) return null;
  const rest = 1 - scalar.share - simd128.share;
  return rest < 0.005
    ? null
    : `The rest of the Wasm time, ${formatShare(rest)}, is threads that poll while they wait, copying, and atomics.`;
}

interface Row {
  readonly cause: string | null;
  readonly name: string;
  readonly use: InstructionUse;
}

function rows({ scalar, simd128, relaxed, threads }: InstructionSet): readonly Row[] {
  return [
    { cause: isa.scalar.id, name: 'Scalar', use: scalar },
    { cause: isa.simd128.id, name: '128-bit SIMD', use: simd128 },
    { cause: isa.relaxed.id, name: 'of it relaxed SIMD', use: relaxed },
    { cause: null, name: 'Threads', use: threads },
  ];
}

const columns = [
  { head: 'Instructions', cell: ({ cause, name }: Row) => html`${cause === null ? null : swatch(cause)}${name}` },
  { head: 'Ran', cell: ({ use }: Row) => (use.ran === null ? 'unknown' : use.ran ? 'yes' : 'no') },
  {
    head: 'Of the Wasm time',
    numeric: true,
    cell: ({ use }: Row) => (use.ran === null ? MISSING : formatShare(use.share)),
  },
  { head: 'Why', wide: true, cell: ({ use }: Row) => prose(inertText(use.why, 400)) },
] as const;
