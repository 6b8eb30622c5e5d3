import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../bundle/packageRoot.js';
import { UsageError } from './usageError.js';

const EXTENSION = '.yaml';

/**
 * The study file that a user means: the name of one that comes with Inferscope, or a path.
 * @throws UsageError if it is neither
 */
export function findStudyFile(nameOrPath: string): string {
  const folder = join(packageRoot(), 'models', 'studies');
  const names = readdirSync(folder)
    .filter((name) => name.endsWith(EXTENSION))
    .map((name) => name.slice(0, -EXTENSION.length));
  if (names.includes(nameOrPath)) return join(folder, `${nameOrPath}${EXTENSION}`);
  if (existsSync(nameOrPath)) return nameOrPath;
  throw new UsageError(
    `There is no study file ${nameOrPath}. Give the path of one, or one of those that come with Inferscope: ${names.sort().join(', ')}.`,
  );
}
