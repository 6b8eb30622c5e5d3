import type { Placement } from '../../../../src/bundle/manifest.js';

const PLACED = /VerifyEachNodeIsAssignedToAnEp\] +(?:All nodes|Node\(s\)) placed on \[(\w+)\]\. Number of nodes: (\d+)/;
const NODE = /VerifyEachNodeIsAssignedToAnEp\] +(\S+) \(/;

/**
 * Reads where ONNX Runtime placed the nodes of a graph, from its log of creating a session at severity 0 (verbose). Copies to and
 * from the device are left out: ORT adds them, they are no operators of the model.
 * https://github.com/microsoft/onnxruntime/blob/main/onnxruntime/core/framework/session_state.cc (VerifyEachNodeIsAssignedToAnEp)
 * @param backend the requested execution provider: webgpu
 * @returns null if the log does not contain it
 */
export function ortPlacement(lines: readonly string[], backend: string): Placement | null {
  const wanted = `${backend}executionprovider`;
  let provider: string | null = null;
  let onBackend = 0;
  const elsewhere = new Map<string, Placement['elsewhere'][number]>();
  const pass = (operator: string, to: string, count: number): void => {
    const name = to.replace(/ExecutionProvider$/, '');
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
    const operator = NODE.exec(line)?.[1];
    if (provider === null || operator === undefined || operator.startsWith('Memcpy')) continue;
    if (provider.toLowerCase() === wanted) onBackend++;
    else pass(operator, provider, 1);
  }
  if (provider === null) return null;
  return {
    onBackend,
    elsewhere: [...elsewhere.values()].sort((a, b) => b.count - a.count || (a.operator < b.operator ? -1 : 1)),
    source: 'as ONNX Runtime placed the nodes of its optimized graph',
  };
}
