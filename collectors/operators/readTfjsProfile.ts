import type { OperatorNode } from '../../src/bundle/operatorLog.js';
import { CollectError } from '../collectError.js';
import { addStretch, type FrameworkProfile, OperatorsUnavailable, parseProfile } from './frameworkProfile.js';
import { type TfjsEntry, tfjsProfileSchema } from './tfjsProfileSchema.js';

const PROVIDERS: Readonly<Record<string, string>> = { wasm: 'Wasm', webgl: 'WebGL', webgpu: 'WebGpu' };

/**
 * Reads what the harness' profiler of TF.js wrote: the kernels of the last `predictions` runs, with those of the first runs (warm-ups) left out.
 * One operator is one kernel that no other kernel runs in; what it runs itself, and what stands around it, is part of it, and counted once.
 * It has the name of the graph's node that asked for it: its first kernel that does more than rename has that alone, another one its type too. Where the node is not
 * known it is the n-th of its type.
 * @param recorded how many of the runs right before the predictions were recorded, of which it is told when each operator ran
 * @throws CollectError if it is something else, or holds another number of runs
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

/** They only give a tensor another shape or name, as TF.js does around kernels that want so many dimensions. */
const RENAMES = new Set(['Reshape', 'Identity']);

function namesOf(run: readonly TfjsEntry[], owners: readonly number[]): Map<number, string> {
  const operators = [...new Set(owners)].sort((a, b) => a - b);
  const chief = new Map<string, number>();
  for (const i of operators) {
    const { node, kernel } = run[i]!;
    const before = node === null ? undefined : chief.get(node);
    if (node === null || (before !== undefined && (RENAMES.has(kernel ?? '') || !RENAMES.has(run[before]!.kernel ?? ''))))
      continue;
    chief.set(node, i);
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
      if (chief.get(node) === i) return [i, node];
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
 * To which operator each entry of a prediction belongs, and what of its time is not of entries inside it, ms. A kernel inside of another is part
 * of that one; what only stands around kernels goes with the first of them, or by itself where there is none.
 */
function ownersOf(run: readonly TfjsEntry[]): { readonly owners: readonly number[]; readonly selfMs: readonly number[] } {
  const selfMs = run.map(({ ms }) => ms);
  const owners: (number | null)[] = run.map(() => null);
  // Those that run in others begin later.
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
    // Below 0 by rounding only.
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
