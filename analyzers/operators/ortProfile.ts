import type { OperatorNode, OperatorProfile } from '../../src/bundle/operatorLog.js';
import type { Trace } from '../../src/trace/trace.js';
import { sliceArgs } from '../activity/findSlices.js';
import { fact } from '../input.js';
import { asWindows } from '../windows/measures.js';
import { sessionSpans } from '../windows/ortProfile.js';

/** The operators of a trace that is ONNX Runtime's own profile. */
export const ownProfile = fact('ownProfile', ({ input: { trace, manifest, page } }) =>
  trace && !manifest && !page ? ortProfile(trace) : null,
);

const TIMED = '_kernel_time';

interface Execution {
  readonly name: string;
  /** Row of slices. */
  readonly row: number;
  /** Position of its run. */
  readonly run: number;
  /** Without the operators inside it, as in a loop. */
  readonly selfMs: number;
}

/**
 * Time per operator of a profile that ONNX Runtime wrote itself (enableProfiling), read as a trace. All runs count. Times are
 * those of the thread: what a device reports has a clock of its own there, and is left out.
 * @returns null if the trace is no such profile
 */
export function ortProfile(trace: Trace): OperatorProfile | null {
  const runs = asWindows(
    trace,
    sessionSpans(trace, (name) => name === 'model_run'),
  );
  const executions = executionsIn(trace, runs);
  if (executions.length === 0) return null;
  const nodeOf = nodeReader(trace, runs.length);
  const nodes = new Map<string, OperatorNode>();
  for (const { name, row, run, selfMs } of executions) {
    const node = nodes.get(name) ?? nodeOf(name, row);
    nodes.set(name, node);
    node.hostMs[run]! += selfMs;
  }
  return {
    source: 'ONNX Runtime',
    graph: 'onnx',
    predictionsMs: runs.map(({ startUs, endUs }) => (endUs - startUs) / 1000),
    nodes: [...nodes.values()],
    runs: null,
  };
}

/** Executions of operators during the runs, by time. */
function executionsIn(
  trace: Trace,
  runs: readonly { readonly thread: number; readonly startUs: number; readonly endUs: number }[],
) {
  const { columns, length } = trace.tables.slices;
  const category = columns.category.strings.indexOf('Node');
  const executions: Execution[] = [];
  if (category < 0 || runs.length === 0) return executions;
  const isOperator = columns.name.strings.map((name) => name.endsWith(TIMED));
  const selfUs = new Map<number, number>();
  const endUs = (row: number): number => columns.startUs[row]! + columns.durationUs[row]!;
  for (let row = 0; row < length; row++) {
    if (columns.category.codes[row] !== category || !isOperator[columns.name.codes[row]!] || columns.unclosed[row] === 1)
      continue;
    selfUs.set(row, columns.durationUs[row]!);
    let around = columns.parent[row]!;
    // Ends that cross are due to rounding to whole µs.
    while (around >= 0 && !(selfUs.has(around) && endUs(row) <= endUs(around))) around = columns.parent[around]!;
    if (around >= 0) selfUs.set(around, selfUs.get(around)! - columns.durationUs[row]!);
  }
  for (const [row, us] of selfUs) {
    const atUs = columns.startUs[row]!;
    const isIn = ({ startUs, endUs }: { readonly startUs: number; readonly endUs: number }) => startUs <= atUs && atUs < endUs;
    // Of runs side by side, the one on its thread.
    const own = runs.findIndex((run) => isIn(run) && run.thread === columns.thread[row]);
    const run = own >= 0 ? own : runs.findIndex(isIn);
    if (run >= 0)
      executions.push({ name: columns.name.at(row).slice(0, -TIMED.length), row, run, selfMs: Math.max(0, us) / 1000 });
  }
  return executions.sort((a, b) => columns.startUs[a.row]! - columns.startUs[b.row]!);
}

/** Reads what an execution says of its operator, by row of slices. */
function nodeReader(trace: Trace, runs: number): (name: string, row: number) => OperatorNode {
  const operatorOf = sliceArgs(trace, 'op_name', 'text');
  const providerOf = sliceArgs(trace, 'provider', 'text');
  const inputsOf = sliceArgs(trace, 'input_type_shape', 'text');
  const outputsOf = sliceArgs(trace, 'output_type_shape', 'text');
  return (name, row) => {
    const inputs = tensors(inputsOf.get(row));
    const outputs = tensors(outputsOf.get(row));
    return {
      name,
      operator: operatorOf.get(row) ?? '',
      provider: (providerOf.get(row) ?? '').replace(/ExecutionProvider$/, ''),
      inputs: inputs.map(({ shape }) => shape),
      outputs: outputs.map(({ shape }) => shape),
      inputTypes: inputs.map(({ type }) => type),
      outputTypes: outputs.map(({ type }) => type),
      hostMs: new Array<number>(runs).fill(0),
      deviceMs: null,
      stretches: null,
    };
  };
}

/** Types and shapes, which the profile has as `[{"float":[1,3,224,224]},{"float":[32]}]`; empty if it is anything else. */
function tensors(text = '[]'): { readonly type: string; readonly shape: number[] }[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return [];
  }
  if (!Array.isArray(json)) return [];
  return json.flatMap((typed: unknown) =>
    Object.entries(typed ?? {}).flatMap(([type, shape]: [string, unknown]) =>
      Array.isArray(shape) && shape.every((size) => typeof size === 'number') ? [{ type, shape }] : [],
    ),
  );
}
