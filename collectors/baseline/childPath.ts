import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../../src/bundle/packageRoot.js';
import { BaselineError } from './baselineError.js';

/**
 * A compiled child, that of onnxruntime-node unless another is named: beside this file in dist, or in dist when this file runs from its
 * TypeScript source.
 */
export function childPath(name = 'child.js'): string {
  const sibling = fileURLToPath(new URL(name, import.meta.url));
  if (existsSync(sibling)) return sibling;
  const compiled = join(packageRoot(), 'dist', 'collectors', 'baseline', name);
  if (existsSync(compiled)) return compiled;
  throw new BaselineError(`The native baseline is not compiled: ${compiled} is missing. Run "npm run build".`);
}
