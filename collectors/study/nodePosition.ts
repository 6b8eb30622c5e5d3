import { isMap, isNode, isScalar, isSeq } from 'yaml';

/**
 * Where a value begins in a YAML text; of a path that leads to nothing, where the last thing on the way to it does.
 * @param root the document's contents
 * @returns offset in characters
 */
export function nodePosition(root: unknown, path: readonly PropertyKey[]): number {
  let node = root;
  let position = startOf(root) ?? 0;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => String(isScalar(item.key) ? item.key.value : item.key) === String(key));
      if (!pair) break;
      // The key's line says more than that of a value which may begin below it.
      position = startOf(pair.key) ?? position;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      position = startOf(node) ?? position;
    } else {
      break;
    }
  }
  return position;
}

const startOf = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined);
