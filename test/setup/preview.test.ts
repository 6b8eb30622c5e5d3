import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/packageRoot.js';

const script = join(packageRoot(), 'src/setup/preview.mjs');

test.each([
  [[], ''],
  [[''], ''],
  [['--json'], ''],
  [['no/such "bundle"\u001b[31m'], 'no/such \\"bundle\\"\\u001b[31m" does not exist.\n'],
])('preview of %j ends at once, and says what to give', (args, why) => {
  const { status, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8', timeout: 60_000 });
  expect(status).toBe(2);
  expect(stderr).toContain(`${why}Say first what is to be analyzed: npm run preview -- traces/recorded/ppocr-det-worker`);
});
