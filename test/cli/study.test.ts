import { randomInt, randomUUID } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { findBrowser } from '../../collectors/browser/findBrowser.js';
import { manifestSchema } from '../../src/bundle/manifest.js';
import { readStudy } from '../../src/bundle/readStudy.js';
import type { Study } from '../../src/bundle/study.js';
import { suiteFolder } from '../collectors/suiteFolder.js';
import { processesWith } from './processesWith.js';
import { type Ended, runTrace } from './runTrace.js';

const STUDY = `name: tiny
rounds: 2
iterations: 1
passes: [timing, trace]
runs:
  - models: tiny-operators
    frameworks: tfjs
    simd: [on, off]
`;
/** Processes end by themselves, a moment after what they served; the machine may be busy. */
const END_LIMIT_MS = 60_000;
/** Only a command that hangs gets here. */
const HANG_LIMIT_MS = 15 * 60_000;
const codes = { SIGINT: 130, SIGKILL: null } as const;

describe.skipIf(process.platform !== 'linux' || !findBrowser())(
  'a study that is cut short (skipped without Linux’s /proc or a browser)',
  { timeout: HANG_LIMIT_MS },
  () => {
    const root = suiteFolder();
    beforeAll(() => writeFile(join(root(), 'tiny.yaml'), STUDY));

    const runStudy = (folder: string, options: Parameters<typeof runTrace>[1] = {}): Promise<Ended> =>
      runTrace(['study', join(root(), 'tiny.yaml'), '--out', folder], { limitMs: HANG_LIMIT_MS, ...options });

    /** Runs the study until some moment of a run, does the deed, and waits for the end of all that it started. */
    async function cut(folder: string, signal: keyof typeof codes, run: number, afterMs: number): Promise<Ended> {
      const id = randomUUID();
      let done = false;
      const ended = await runStudy(folder, {
        env: { INFERSCOPE_TEST: id, TMPDIR: root() },
        detached: true,
        onStderr(all, child) {
          if (done || !all.includes(`Run ${run} of 4`)) return;
          done = true;
          setTimeout(() => child.kill(signal), afterMs);
        },
      });
      await expect.poll(() => processesWith(`INFERSCOPE_TEST=${id}`), { timeout: END_LIMIT_MS, interval: 200 }).toEqual([]);
      return ended;
    }

    const bundleIds = async (folder: string, { runs }: Study): Promise<string[]> =>
      Promise.all(
        runs.map(async ({ cell, round }) => {
          const text = await readFile(join(folder, 'runs', cell, String(round), 'run.json'), 'utf8');
          const { id, status } = manifestSchema.parse(JSON.parse(text));
          expect(status).toBe('complete');
          return id;
        }),
      );

    const title = 'by %s at some moment goes on with the same command, and no run that was done is repeated';
    test.each([['SIGKILL']] as const)(title, goesOn);
    test.each([['SIGINT', 'SIGKILL']] as const)(title, { tags: ['slow'] }, goesOn);

    async function goesOn(...signals: readonly (keyof typeof codes)[]): Promise<void> {
      const folder = join(root(), signals.join('-'));
      let before: Study['runs'] = [];
      let idsBefore: string[] = [];
      const moments: string[] = [];
      for (const [i, signal] of signals.entries()) {
        const [run, afterMs] = [i + 2, randomInt(0, 3000)];
        moments.push(`${signal}, ${afterMs} ms into run ${run}`);
        const moment = moments.join(', then ');
        const stopped = await cut(folder, signal, run, afterMs);
        expect(stopped.code, moment).toBe(codes[signal]);
        expect(stopped.stderr).not.toMatch(/^ {4}at |fault of Inferscope/m);
        if (signal === 'SIGINT')
          expect(stopped.stderr).toMatch(/stopped by SIGINT, with \d runs? left\. The same command goes on/);

        const study = await readStudy(folder);
        expect(study.runs.length, moment).toBeGreaterThanOrEqual(run - 1);
        expect(study.runs.length, moment).toBeLessThan(4);
        expect(study.runs.slice(0, before.length), moment).toEqual(before);
        const ids = await bundleIds(folder, study);
        expect(ids.slice(0, before.length), moment).toEqual(idsBefore);
        [before, idsBefore] = [study.runs, ids];
      }
      const moment = moments.join(', then ');
      const resumed = await runStudy(folder);
      expect(resumed, moment).toMatchObject({ code: 0, stdout: `${folder}\n` });
      expect(resumed.stderr).toContain(`Going on with the study tiny in ${folder}: ${before.length} of 4 runs have ended.`);
      expect(resumed.stderr).toContain(`The study is complete: 4 runs done. Next: trace analyze ${folder}`);

      const after = await readStudy(folder);
      expect(after.runs.slice(0, before.length), moment).toEqual(before);
      expect(after.runs.map(({ cell, round }) => ({ cell, round }))).toEqual(after.order);
      expect(after.runs.every(({ outcome }) => outcome === 'done')).toBe(true);
      expect((await bundleIds(folder, after)).slice(0, before.length), moment).toEqual(idsBefore);
      const names = await readdir(folder, { recursive: true });
      expect(names.filter((name) => /\.(partial|lock)$/.test(name))).toEqual([]);
      // What the first round records, and the later ones do not.
      const traced = names.filter((name) => name.endsWith('/trace.json.gz'));
      expect(traced.sort()).toEqual(after.cells.map(({ id }) => `runs/${id}/0/trace.json.gz`).sort());

      const again = await runStudy(folder);
      expect(again.code).toBe(0);
      expect(again.stderr).not.toContain('Run 1 of');
      expect(await readStudy(folder)).toEqual(after);
    }

    test('is not gone on with after its file was changed', async () => {
      const folder = join(root(), 'SIGKILL');
      const changed = join(root(), 'changed.yaml');
      await writeFile(changed, STUDY.replace('rounds: 2', 'rounds: 3'));
      const { code, stderr } = await runTrace(['study', changed, '--out', folder]);
      expect(stderr).toContain('a file with another content. Give this one a folder of its own with --out');
      expect(code).toBe(1);
    });
  },
);
