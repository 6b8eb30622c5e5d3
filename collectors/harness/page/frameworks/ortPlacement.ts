import { MOST_PLACED, type PlacedOperator, type Placement } from '../../../../src/bundle/manifest.js';
import { byCount, counted } from './placedCounts.js';

const PLACED = /VerifyEachNodeIsAssignedToAnEp\] +(?:All nodes|Node\(s\)) placed on \[(\w+)\]\. Number of nodes: (\d+)/;
const NODE = /VerifyEachNodeIsAssignedToAnEp\] +(\S+) \((.*)\)/;
/** The provider has no kernel for a node. webgpu_execution_provider.cc (GetCapability) */
const LACKS = /kernel not found in registries for Op type: (\S+) node name: (.*)/;
/** It has one, and the node stays with its inputs, which are on the CPU. fallback_cpu_capability.cc (GetCpuPreferredNodes) */
const MOVED = /Force fallback to CPU execution for node: (.*?) because the CPU execution path/;
const COPIES: Readonly<Record<string, 'toHost' | 'fromHost'>> = { MemcpyToHost: 'toHost', MemcpyFromHost: 'fromHost' };

/**
 * Reads where ONNX Runtime placed the nodes of a graph, and why, from its log of creating a session at severity 0 (verbose).
 * Copies to and from the device are counted apart: ORT adds them, they are no operators of the model.
 * https://github.com/microsoft/onnxruntime/blob/main/onnxruntime/core/framework/session_state.cc (VerifyEachNodeIsAssignedToAnEp)
 * @param backend the requested execution provider: webgpu
 * @returns null if the log does not contain it
 */
export function ortPlacement(lines: readonly string[], backend: string): Placement | null {
  const wanted = `${backend}executionprovider`;
  const whys = reasonsIn(lines);
  let provider: string | null = null;
  let onBackend = 0;
  const there = new Map<string, number>();
  const elsewhere = new Map<string, Placement['elsewhere'][number]>();
  const nodes: PlacedOperator[] = [];
  const copies = { toHost: 0, fromHost: 0 };
  const pass = (operator: string, to: string, count: number): void => {
    const name = withoutSuffix(to);
    const before = elsewhere.get(`${name} ${operator}`)?.count ?? 0;
    elsewhere.set(`${name} ${operator}`, { operator, provider: name, count: before + count });
  };
  for (const line of lines) {
    const placed = PLACED.exec(line);
    if (placed) {
      provider = placed[1]!;
      // If all nodes are in one place, they are not listed.
      if (!line.includes('All nodes')) continue;
      if (provider.toLowerCase() === wanted) onBackend += Number(placed[2]);
      else pass('of any kind', provider, Number(placed[2]));
      continue;
    }
    const [, operator, name = ''] = NODE.exec(line) ?? [];
    if (provider === null || operator === undefined) continue;
    const direction = Object.hasOwn(COPIES, operator) ? COPIES[operator]! : null;
    if (direction) copies[direction]++;
    else if (provider.toLowerCase() === wanted) {
      onBackend++;
      there.set(operator, (there.get(operator) ?? 0) + 1);
    } else {
      pass(operator, provider, 1);
      nodes.push({ name, operator, provider: withoutSuffix(provider), why: whys.get(keyOf(operator, name)) ?? null, cost: null });
    }
  }
  if (provider === null) return null;
  return {
    onBackend,
    onBackendTypes: counted(there).slice(0, MOST_PLACED),
    elsewhere: [...elsewhere.values()].sort(byCount),
    nodes: nodes.slice(0, MOST_PLACED),
    copies,
    source: 'as ONNX Runtime placed the nodes of its optimized graph',
  };
}

const withoutSuffix = (provider: string): string => provider.replace(/ExecutionProvider$/, '');

/** Nodes without a name are known by their type. */
const keyOf = (operator: string, name: string): string => (name === '' ? `(${operator})` : name);

/** Why a node is not on the backend. The provider is asked several times while the graph is optimized. */
function reasonsIn(lines: readonly string[]): Map<string, 'lacks' | 'moved'> {
  const reasons = new Map<string, 'lacks' | 'moved'>();
  for (const line of lines) {
    const [, operator, name] = LACKS.exec(line) ?? [];
    const moved = MOVED.exec(line)?.[1];
    if (operator !== undefined) reasons.set(keyOf(operator, name!.trim()), 'lacks');
    else if (moved) reasons.set(moved.trim(), 'moved');
  }
  return reasons;
}
