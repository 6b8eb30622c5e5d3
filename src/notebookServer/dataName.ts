import { basename, resolve } from 'node:path';

const LIMIT = 80;

/**
 * The name under which a notebook finds a bundle's tables: that of its folder or file, of letters, digits, points and dashes alone,
 * so that it is the same in a path, a URL and a script.
 */
export function dataName(source: string): string {
  const name = basename(resolve(source))
    .replace(/(\.trace)?(\.json)?(\.gz|\.zip)?$/, '')
    .normalize('NFKD')
    .replace(/[^\w.-]+/g, '-')
    .replace(/^[.-]+|[.-]+$/g, '')
    .slice(0, LIMIT);
  return name || 'bundle';
}
