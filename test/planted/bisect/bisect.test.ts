import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { BisectAnalysis } from '../../../analyzers/bisect/index.js';
import { findBrowser } from '../../../collectors/browser/findBrowser.js';
import { runTrace } from '../../cli/runTrace.js';
import { plantBuilds, type Slow, slowKernels, slowScript } from './plantBuilds.js';

/** It has convolutions, and a prediction takes few milliseconds, so that what is planted is most of it. */
const MODEL = 'ppocr-cls';
/** Far from what else runs on the machine, and from what is planted. */
const LIMIT = '50%';
/** Only a command that hangs gets here. */
const HANG_LIMIT_MS = 30 * 60_000;

interface Planting {
  readonly what: string;
  readonly slow: Slow;
  readonly versions: readonly string[];
  /** The first slow one, and the one before. */
  readonly first: string;
  readonly before: string;
  /** The causes that grow: one of them most, together by nearly all. */
  readonly cause: RegExp;
  /** The kinds of operators that grow, likewise; null: none. */
  readonly kind: RegExp | null;
}

const plantings: readonly Planting[] = [
  {
    what: 'a script that does nothing for 60 ms',
    slow: slowScript(60),
    versions: ['1.0', '1.1', '1.2', '1.3'],
    first: '1.2',
    before: '1.1',
    cause: /^(runtime\.glue|page\.script)$/,
    kind: null,
  },
  {
    what: 'loops of its module that do more',
    slow: slowKernels(8),
    versions: ['1.0', '1.1'],
    first: '1.1',
    before: '1.0',
    // Loops of vectors get scalar work, so that some are called scalar. Elementwise operators multiply too.
    cause: /^isa\./,
    kind: /conv|product|elementwise/i,
  },
];

describe.skipIf(!findBrowser())(
  'a build that is slower than those before (skipped without a browser: trace doctor --fix)',
  () => {
    const folders: string[] = [];
    afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

    test.each(plantings)('by $what is found, with its cause and its operators', { timeout: HANG_LIMIT_MS }, async (planting) => {
      const { cause, kind, slow, versions, first, before } = planting;
      const folder = await mkdtemp(join(tmpdir(), 'inferscope-bisect-'));
      if (!process.env.KEEP) folders.push(folder);
      else console.log(folder);
      await plantBuilds(join(folder, 'builds'), versions, first, slow);
      const args = ['bisect', '--builds', join(folder, 'builds'), '--model', MODEL, '--threads', '1', '--limit', LIMIT, '--json'];
      const { code, stdout, stderr } = await runTrace([...args, '--out', join(folder, 'out')], { limitMs: HANG_LIMIT_MS });
      expect(code, stderr).toBe(0);
      const { answer, builds, grew, source } = JSON.parse(stdout) as BisectAnalysis;
      expect(source.complete).toBe(true);
      expect(answer).toMatchObject({ state: 'found', slow: first, before, between: [], stepVerdict: 'slower' });
      expect(builds.filter(({ measured }) => measured !== null).map(({ version }) => version)).toEqual(versions.slice(1));
      expect(builds.every(({ outputs }) => outputs !== false)).toBe(true);

      const { causes, window, operators, operatorSum, modules } = grew!;
      const grownMs = window!.differenceMs!;
      expect(causes[0]!.id).toMatch(cause);
      expect(causes[0]!.b).toBe('slower');
      expect(grownOf(causes.filter(({ id }) => cause.test(id)))).toBeGreaterThan(0.8 * grownMs);
      expect(grownOf(causes)).toBeCloseTo(grownMs, 6);
      expect(grownOf(operators)).toBeCloseTo(operatorSum!.differenceMs!, 6);
      if (kind)
        expect(grownOf(operators.filter(({ what }) => kind.test(what)))).toBeGreaterThan(0.8 * operatorSum!.differenceMs!);
      else expect(Math.abs(operators[0]!.differenceMs!)).toBeLessThan(0.5 * grownMs);
      expect(modules.a[0]!.sha256 === modules.b[0]!.sha256).toBe(kind === null);
    });
  },
);

const grownOf = (rows: readonly { readonly differenceMs: number | null }[]): number =>
  rows.reduce((sum, { differenceMs }) => sum + differenceMs!, 0);
