import type { Placement } from '../../../../src/bundle/placement.js';

const PLACED = /VerifyEachNodeIsAssignedToAnEp\] +(?:All nodes|Node\(s\)) placed on \[(\w+)\]\. Number of nodes: (\d+)/;
const NODE = /VerifyEachNodeIsAssignedToAnEp\] +(\S+) \(/;

/**
 * Reads where ONNX Runtime placed the nodes of a graph from what it logs as it creates a session, at severity 0 (verbose). Copies to
 * and from the device, which it adds itself, are no operators of the model and are left out.
 * https://github.com/microsoft/onnxruntime/blob/main/onnxruntime/core/framework/session_state.cc (VerifyEachNodeIsAssignedToAnEp)
 * @param backend the execution provider that was asked for: webgpu
 * @returns null if the log says nothing of it
 */
export function ortPlacement(lines: readonly string[], backend: string): Placement | null {
  const wanted = `${backend}executionprovider`;
  let provider: string | null = null;
  let onBackend = 0;
  const elsewhere = new Map<string, Placement['elsewhere'][number]>();
  for (const line of lines) {
    const placed = PLACED.exec(line);
    if (placed) {
      provider = placed[1]!;
      // Where all nodes are in one place they are not listed.
      if (line.includes('All nodes') && provider.toLowerCase() === wanted) onBackend += Number(placed[2]);
      continue;
    }
    const operator = NODE.exec(line)?.[1];
    if (provider === null || operator === undefined || operator.startsWith('Memcpy')) continue;
    if (provider.toLowerCase() === wanted) {
      onBackend++;
      continue;
    }
    const name = provider.replace(/ExecutionProvider$/, '');
    const row = elsewhere.get(`${name} ${operator}`);
    elsewhere.set(`${name} ${operator}`, { operator, provider: name, count: (row?.count ?? 0) + 1 });
  }
  if (provider === null) return null;
  return {
    onBackend,
    elsewhere: [...elsewhere.values()].sort((a, b) => b.count - a.count || (a.operator < b.operator ? -1 : 1)),
    source: 'as ONNX Runtime placed the nodes of its optimized graph',
  };
}
