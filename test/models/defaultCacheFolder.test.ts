import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultCacheFolder } from '../../models/defaultCacheFolder.js';

test('models are kept under XDG_CACHE_HOME, or else in the home folder', () => {
  const atHome = join(homedir(), '.cache', 'inferscope', 'models');
  expect(defaultCacheFolder({ XDG_CACHE_HOME: '/var/cache/me' })).toBe(join('/var/cache/me', 'inferscope', 'models'));
  expect(defaultCacheFolder({})).toBe(atHome);
  expect(defaultCacheFolder({ XDG_CACHE_HOME: 'relative' })).toBe(atHome);
  expect(defaultCacheFolder({ XDG_CACHE_HOME: '' })).toBe(atHome);
});
