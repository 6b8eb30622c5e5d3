import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * Where models are kept between runs: `inferscope/models` under XDG_CACHE_HOME, or under ~/.cache where it is unset or relative.
 * Source: https://specifications.freedesktop.org/basedir-spec/latest/ (relative paths are to be ignored).
 */
export function defaultCacheFolder(environment: Readonly<Record<string, string | undefined>>): string {
  const chosen = environment.XDG_CACHE_HOME;
  const root = chosen !== undefined && isAbsolute(chosen) ? chosen : join(homedir(), '.cache');
  return join(root, 'inferscope', 'models');
}
