import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { CompareAnalysis } from '../../../analyzers/compare/index.js';
import { findBrowser } from '../../../collectors/browser/findBrowser.js';
import { runTrace } from '../../cli/runTrace.js';
import { busyThread, plantBuilds, type Slow, slowScript } from '../bisect/plantBuilds.js';

/** Only a command that hangs gets here. */
const HANG_LIMIT_MS = 20 * 60_000;
const BUDGET = '4m';
/** Far below the least that is planted: 8 ms are 7 % on a slow machine. */
const LIMIT = '3%';
const UNTIL = '2%';

interface Planting {
  readonly what: string;
  /** What b has beyond a. */
  readonly options?: string;
  readonly slow?: Slow;
  readonly both: string;
  readonly faster?: boolean;
  /** Causes of which one is named first. */
  readonly cause: RegExp;
}

const plantings: readonly Planting[] = [
  {
    what: 'V8’s baseline tier alone',
    options: '--js-flags=--liftoff-only',
    both: '--model ppocr-det --threads 1',
    cause: /^(isa\.|runtime\.tier)/,
  },
  {
    what: '8 ms of JavaScript in each prediction',
    slow: slowScript(8),
    both: '--model ppocr-det --threads 1',
    cause: /^(runtime\.glue|page\.script)$/,
  },
  { what: 'a thread that keeps a core busy', slow: busyThread, both: '--model ppocr-det --threads 2', cause: /^contention\./ },
  { what: 'a second thread', options: '--threads 2', both: '--model ppocr-det', faster: true, cause: /^isa\./ },
];

describe.skipIf(!findBrowser())('what is planted in one of two sides (skipped without a browser: trace doctor --fix)', () => {
  const folders: string[] = [];
  afterAll(async () => {
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  });

  test.each(plantings)(
    'is found with its sign and its cause: $what',
    async ({ options = '', slow, both, faster = false, cause }) => {
      const folder = await mkdtemp(join(tmpdir(), 'inferscope-compare-'));
      folders.push(folder);
      const builds = join(folder, 'builds');
      if (slow) await plantBuilds(builds, ['usual', 'slow'], 'slow', slow);
      const [a, b] = slow
        ? [`--package ${join(builds, 'usual')}`, `--package ${join(builds, 'slow')}`]
        : [faster ? '--threads 1' : '--on worker', options];
      const args = [`base=${a}`, `head=${b}`, `--both=${both}`, '--limit', LIMIT, '--until', UNTIL, '--budget', BUDGET, '--json'];
      const { code, stdout, stderr } = await runTrace(['compare', ...args, '--out', join(folder, 'out')], {
        limitMs: HANG_LIMIT_MS,
      });
      const { figures, gate, explained, causes, window } = JSON.parse(stdout) as CompareAnalysis;
      const [prediction] = figures;
      expect(code, stderr).toBe(faster ? 0 : 3);
      expect(gate).toBe(faster ? 'passed' : 'failed');
      expect(prediction!.verdict).toBe(faster ? 'faster' : 'slower');
      expect(explained!.causes[0]).toMatch(cause);
      const sum = causes.reduce((total, { differenceMs }) => total + differenceMs, 0);
      expect(Math.abs(sum - window!.differenceMs)).toBeLessThan(1e-9);
    },
  );
});
