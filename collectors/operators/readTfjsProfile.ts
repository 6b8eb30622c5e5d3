import type { OperatorNode } from '../../src/bundle/operatorLog.js';
import { CollectError } from '../collectError.js';
import { addStretch, type FrameworkProfile, OperatorsUnavailable, parseProfile } from './frameworkProfile.js';
import { type TfjsEntry, tfjsProfileSchema } from './tfjsProfileSchema.js';

const PROVIDERS: Readonly<Record<string, string>> = { wasm: 'Wasm', webgl: 'WebGL', webgpu: 'WebGpu' };

/**
 * Reads a profile of the harness' TF.js profiler: the kernels of the last `predictions` runs, without the first runs (warm-ups).
 * One operator is one outermost kernel. Kernels inside it, and what wraps it, are part of it and count once.
 * It is named after the graph's node that asked for it. The node's first kernel that does more than rename has just that name;
 * its other kernels add their type. If the node is unknown, the name is the type and a running number.
 * @param recorded number of runs right before the predictions that were recorded; the result says when each operator ran in them
 * @throws CollectError if the text has another form, or contains another number of runs
 * @throws OperatorsUnavailable if the kernels ran on a device that gave no times, or impossible ones
 */
export function readTfjsProfile(
  text: string,
  runs: number,
  predictions: number,
  backend: string,
  recorded = 0,
): FrameworkProfile {
  const profile = parseProfile(text, tfjsProfileSchema, "TF.js'");
  if (profile.runs.length !== runs) throw new CollectError(`TF.js' profile holds ${profile.runs.length} runs, not ${runs}.`);
  const onDevice = profile.device !== 'none';
  if (profile.device === 'silent') throw new OperatorsUnavailable(`TF.js' ${backend} backend has no timer of the device here`);
  const nodes = new Map<string, OperatorNode>();
  const kept = profile.runs.slice(runs - predictions - recorded);
  for (const [place, { entries: run }] of kept.entries()) {
    const prediction = place - recorded;
    const { owners, selfMs } = ownersOf(run);
    const names = namesOf(run, owners);
    for (const [i, entry] of run.entries()) {
      const owner = run[owners[i]!]!;
      const name = names.get(owners[i]!)!;
      const node = nodes.get(name) ?? newNode(name, owner, predictions, PROVIDERS[backend] ?? backend, onDevice);
      nodes.set(name, node);
      if (place < recorded) {
        addStretch(node, place, entry.startMs, entry.ms);
        continue;
      }
      node.hostMs[prediction]! += selfMs[i]!;
      if (!onDevice || owners[i] !== i || entry.kernel === null) continue;
      const { deviceMs } = entry;
      if (deviceMs === null || deviceMs < 0) throw new OperatorsUnavailable(`the device told no time of ${entry.kernel}`);
      node.deviceMs![prediction]! += deviceMs;
    }
  }
  const watched = kept.slice(0, recorded);
  const startMs = watched.map((run) => run.startMs - watched[0]!.startMs);
  return { nodes: [...nodes.values()], runs: { startMs, ms: watched.map(({ ms }) => ms) } };
}

const typeOf = ({ kernel, scope }: TfjsEntry): string => kernel ?? scope;

/** These only change a tensor's shape or name. TF.js inserts them around kernels that require a certain number of dimensions. */
const RENAMES = new Set(['Reshape', 'Identity']);

function namesOf(run: readonly TfjsEntry[], owners: readonly number[]): Map<number, string> {
  const operators = [...new Set(owners)].sort((a, b) => a - b);
  const mainOf = new Map<string, number>();
  for (const i of operators) {
    const { node, kernel } = run[i]!;
    const before = node === null ? undefined : mainOf.get(node);
    if (node === null || (before !== undefined && (RENAMES.has(kernel ?? '') || !RENAMES.has(run[before]!.kernel ?? ''))))
      continue;
    mainOf.set(node, i);
  }
  const taken = new Map<string, number>();
  const nth = (name: string): number => {
    const n = (taken.get(name) ?? 0) + 1;
    taken.set(name, n);
    return n;
  };
  return new Map(
    operators.map((i) => {
      const { node } = run[i]!;
      const type = typeOf(run[i]!);
      if (node === null) return [i, `${type}#${nth(type)}`];
      if (mainOf.get(node) === i) return [i, node];
      const n = nth(`${node}/${type}`);
      return [i, n === 1 ? `${node}/${type}` : `${node}/${type}#${n}`];
    }),
  );
}

function newNode(name: string, entry: TfjsEntry, predictions: number, provider: string, onDevice: boolean): OperatorNode {
  const none = (): number[] => new Array<number>(predictions).fill(0);
  return {
    name,
    operator: typeOf(entry),
    provider,
    inputs: entry.inputs.map(({ shape }) => shape),
    outputs: entry.outputs.map(({ shape }) => shape),
    inputTypes: entry.inputs.map(({ type }) => type),
    outputTypes: entry.outputs.map(({ type }) => type),
    hostMs: none(),
    deviceMs: onDevice ? none() : null,
    stretches: null,
  };
}

/**
 * The operator of each entry of a prediction, and the entry's self time, ms. A kernel inside another belongs to the outer one. A
 * wrapper around kernels belongs to the first of them, or is an operator itself if it has none.
 */
function ownersOf(run: readonly TfjsEntry[]): { readonly owners: readonly number[]; readonly selfMs: readonly number[] } {
  const selfMs = run.map(({ ms }) => ms);
  const owners: (number | null)[] = run.map(() => null);
  // Nested entries come later in the list.
  for (const [i, { parent, kernel, ms }] of run.entries()) {
    if (parent !== null) selfMs[parent]! -= ms;
    const around = parent === null ? null : owners[parent]!;
    if (around !== null && run[around]!.kernel !== null && isWithin(run, i, around)) owners[i] = around;
    else if (kernel !== null) {
      owners[i] = i;
      for (let up = parent; up !== null && owners[up] === null; up = run[up]!.parent) owners[up] = i;
    }
  }
  return {
    owners: owners.map((owner, i) => owner ?? owners[outermost(run, i)] ?? outermost(run, i)),
    // Only rounding makes it negative.
    selfMs: selfMs.map((ms) => Math.max(0, ms)),
  };
}

function isWithin(run: readonly TfjsEntry[], i: number, kernel: number): boolean {
  for (let up = run[i]!.parent; up !== null; up = run[up]!.parent) if (up === kernel) return true;
  return false;
}

function outermost(run: readonly TfjsEntry[], i: number): number {
  let at = i;
  for (let up = run[i]!.parent; up !== null; up = run[up]!.parent) at = up;
  return at;
}
