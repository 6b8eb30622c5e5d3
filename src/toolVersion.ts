import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from './bundle/packageRoot.js';

/** Inferscope's own version, from its package.json. */
export function toolVersion(): string {
  const { version } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { version: string };
  return version;
}
