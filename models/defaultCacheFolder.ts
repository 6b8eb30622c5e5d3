import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where models are kept between runs. */
export const defaultCacheFolder = (environment: Environment): string => cacheFolder(environment, 'models');

/**
 * Where things of a kind are kept between runs: `inferscope/<kind>` under XDG_CACHE_HOME, or under ~/.cache where it is unset or
 * relative. Source: https://specifications.freedesktop.org/basedir-spec/latest/ (relative paths are to be ignored).
 */
export function cacheFolder(environment: Environment, kind: 'models' | 'packages'): string {
  const chosen = environment.XDG_CACHE_HOME;
  const root = chosen !== undefined && isAbsolute(chosen) ? chosen : join(homedir(), '.cache');
  return join(root, 'inferscope', kind);
}
