import type { MachinePeaks } from '../../src/bundle/operatorLog.js';
import { type Block, type Column, line, paragraph, table } from '../../src/view/block.js';
import { formatName, formatPlural, formatRate, formatShare } from '../../src/view/format.js';
import type { View } from '../../src/view/view.js';
import { instructionTitles } from '../../src/wasm/mix.js';
import { isOnGpu, type KnownOfGpu } from '../gpu/words.js';
import type { OperatorTotals } from '../operators/operators.js';
import { causePaint, isa } from '../partition/causes/index.js';
import type { RunFacts } from '../recording/describe.js';
import type { ExecutedInstructions } from './executed.js';
import type { InstructionSet, InstructionUse } from './instructionSet.js';

/** The parts of an analysis that this view shows. */
export interface InstructionsShown extends Pick<KnownOfGpu, 'gpu'> {
  readonly instructionSet: InstructionSet | null;
  readonly run: Pick<RunFacts, 'threads'> | null;
  readonly executed: ExecutedInstructions | null;
  readonly kernelTotals: Pick<OperatorTotals, 'peaks'> | null;
}

/** Which of the CPU's instructions ran, and why not more of them. */
export const view: View<InstructionsShown> = {
  id: 'instruction-set',
  title: 'Instruction set',
  // Its table says of each row what it means here.
  words: {},
  blocks({ instructionSet: set, executed, kernelTotals }) {
    const counted = executed ? executedBlocks(executed, kernelTotals?.peaks ?? null) : [];
    if (!set) return counted;
    const why = set.bound?.why ?? (set.cpu ? null : UNKNOWN_CPU);
    const sentences = [restSentence(set), why, set.measured].filter((sentence) => sentence !== null);
    return [table('What ran of what Wasm can use', columns, rows(set)), ...sentences.map(paragraph), ...counted];
  },
  /** The SIMD, relaxed SIMD and threads that ran, and what the CPU has; nothing where the GPU computed. */
  brief(known) {
    const { instructionSet, run } = known;
    if (!instructionSet || isOnGpu(known)) return [];
    const { cpu, scalar, simd128, relaxed, threads } = instructionSet;
    const parts = [
      partText('scalar', scalar),
      partText('SIMD', simd128),
      partText('relaxed SIMD', relaxed),
      run ? formatPlural(run.threads, 'thread') : threads.ran ? 'threads' : null,
      cpu &&
        `CPU ${cpu.vectorBits === null ? 'scalable vectors' : `${cpu.vectorBits}-bit`}${cpu.fusedMultiplyAdd ? ' with FMA' : ''}`,
    ].filter((each) => each !== null);
    return [line('Wasm ran', parts.join(' · '))];
  },
};

function executedBlocks(executed: ExecutedInstructions, peaks: MachinePeaks | null): Block[] {
  const { classes, functions, sampledOnly } = executed;
  const of = sampledOnly ? `${formatPlural(functions, 'function')} that took time` : formatPlural(functions, 'function');
  return [
    table(`What a prediction executes, counted in ${of}`, classColumns, classes, CLASSES_SHOWN),
    ...[floatSentence(executed, peaks), repeatSentence(executed)].flatMap((text) => (text === null ? [] : [paragraph(text)])),
  ];
}

/** "It computes 1.2 GFLOP, 98 % of it in vectors: 31.0 GFLOP/s while this code runs, 45 % of …" */
function floatSentence({ floats, gflops }: ExecutedInstructions, peaks: MachinePeaks | null): string | null {
  const all = floats ? floats.scalar + floats.vector : 0;
  if (!floats || all === 0) return null;
  const rate = gflops === null ? '' : `: ${formatRate(gflops, 'GFLOP/s')} of a thread while this code runs`;
  const ofPeak =
    gflops === null || peaks === null
      ? ''
      : `, ${formatShare((gflops * peaks.threads) / peaks.gigaflops)} of what one of this machine reaches in registers with ${formatName(peaks.instructions, 20)} instructions`;
  return `It computes ${formatRate(all / 1e9, 'GFLOP')}, ${formatShare(floats.vector / all)} of it in vectors${rate}${ofPeak}.`;
}

function repeatSentence({ varying, varyingShare }: ExecutedInstructions): string | null {
  if (varying === null) return null;
  if (varying.length === 0) return 'The prediction before executed the same, to the digit.';
  const named = varying.slice(0, MOST_VARYING).map((index) => `wasm-function[${index}]`);
  const more = varying.length > MOST_VARYING ? ` and ${varying.length - MOST_VARYING} more` : '';
  return `The prediction before executed the same, to the digit, but for ${formatShare(varyingShare)} of the operators, in ${named.join(', ')}${more}: allocators search, and with several threads it differs who waits and who takes which work.`;
}

const MOST_VARYING = 8;
const CLASSES_SHOWN = 8;

const classColumns: readonly Column<ExecutedInstructions['classes'][number]>[] = [
  { id: 'class', head: 'Operators', kind: 'text', value: ({ id }) => instructionTitles[id] ?? id },
  { id: 'count', head: 'Executed', kind: 'count', value: ({ count }) => Math.round(count) },
  { id: 'share', head: 'Share', kind: 'share', value: ({ share }) => share },
];

const UNKNOWN_CPU = 'What vectors this CPU has is unknown here, so there is nothing to hold the Wasm against.';

function partText(name: string, { ran, share }: InstructionUse): string {
  if (ran === null) return `${name} unknown`;
  return ran ? `${name} ${formatShare(share)}` : `no ${name}`;
}

/** Functions that compute nothing are in none of the rows. */
function restSentence({ scalar, simd128 }: InstructionSet): string | null {
  if (scalar.share === null || simd128.share === null) return null;
  const rest = 1 - scalar.share - simd128.share;
  return rest < 0.005
    ? null
    : `The rest of the Wasm time, ${formatShare(rest)}, is threads that poll while they wait, copying, and atomics.`;
}

interface Row extends InstructionUse {
  readonly cause: string | null;
  readonly name: string;
}

function rows({ scalar, simd128, relaxed, threads }: InstructionSet): readonly Row[] {
  return [
    { cause: isa.scalar.id, name: 'Scalar', ...scalar },
    { cause: isa.simd128.id, name: '128-bit SIMD', ...simd128 },
    { cause: isa.relaxed.id, name: 'of it relaxed SIMD', ...relaxed },
    { cause: null, name: 'Threads', ...threads },
  ];
}

const columns: readonly Column<Row>[] = [
  {
    id: 'instructions',
    head: 'Instructions',
    kind: 'text',
    value: ({ name }) => name,
    fill: ({ cause }) => (cause === null ? null : causePaint(cause).fill),
  },
  { id: 'ran', head: 'Ran', kind: 'text', value: ({ ran }) => (ran === null ? 'unknown' : ran ? 'yes' : 'no') },
  { id: 'share', head: 'Of the Wasm time', kind: 'share', value: ({ ran, share }) => (ran === null ? null : share) },
  { id: 'why', head: 'Why', kind: 'text', value: ({ why }) => why },
];
