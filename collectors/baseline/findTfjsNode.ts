import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Beside Inferscope, or in the project that the user stands in. */
const placesToLook = (): readonly string[] => [import.meta.url, join(process.cwd(), 'package.json')];

/**
 * The entry of the package @tensorflow/tfjs-node, as Node finds it from one of these files or URLs; null if it is not installed. Nothing
 * of it is loaded.
 */
export function findTfjsNode(places: readonly string[] = placesToLook()): string | null {
  for (const place of places) {
    try {
      return createRequire(place).resolve('@tensorflow/tfjs-node');
    } catch {
      // Not there, or without its entry: the next place.
    }
  }
  return null;
}
