import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findBrowser } from '../../collectors/browser/findBrowser.js';
import { processesWith } from './processesWith.js';
import { BRIEFLY, type Ended, runTrace } from './runTrace.js';

const CAN_LOOK = process.platform === 'linux';
/** Processes end by themselves, a moment after what they served. */
const END_LIMIT_MS = 10_000;

interface Moment {
  /** What stderr says when it begins. */
  readonly said: RegExp;
  /** Enough iterations that the pass is still going on when the deed is done, few enough that it is soon reached. */
  readonly iterations: number;
  /** Passes to make. */
  readonly how: readonly string[];
  /** How long after that the deed is done. */
  readonly afterMs: number;
}

const timing: Moment = { said: /: Timing, browser/m, iterations: 200, how: BRIEFLY, afterMs: 3000 };
const tracing: Moment = { said: /: Tracing|^Tracing/m, iterations: 20, how: ['--passes', 'trace'], afterMs: 700 };
const starting: Moment = { said: /^Starting the browser/m, iterations: 1, how: BRIEFLY, afterMs: 0 };
const settingUp: Moment = { said: /: Timing, browser/m, iterations: 1, how: BRIEFLY, afterMs: 0 };
const codes = { SIGINT: 130, SIGTERM: 143 } as const;

describe.skipIf(!CAN_LOOK || !findBrowser())('collecting that is cut short (skipped without Linux’s /proc or a browser)', () => {
  let root: string;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'inferscope-cut-'));
  });
  afterAll(() => rm(root, { recursive: true, force: true }));

  interface Cut extends Ended {
    readonly folder: string;
  }

  /**
   * Collects until that moment, does `deed`, and waits for the end of the command and of every process
   * that it started.
   */
  async function cut({ said, iterations, how, afterMs }: Moment, deed: (pid: number, marker: string) => unknown): Promise<Cut> {
    const marker = `INFERSCOPE_TEST=${randomUUID()}`;
    const folder = join(root, marker.slice(-12));
    let done = false;
    const run = ['--model', 'mobilenet-v2', '--iterations', String(iterations), ...how];
    const ended = await runTrace(['collect', ...run, '--out', folder], {
      // A browser whose driver was killed leaves its profile behind: where it is taken away with the rest.
      env: { INFERSCOPE_TEST: marker.slice('INFERSCOPE_TEST='.length), TMPDIR: root },
      detached: true,
      onStderr(all, child) {
        if (done || !said.test(all)) return;
        done = true;
        setTimeout(() => deed(child.pid!, marker), afterMs);
      },
    });
    expect(ended.stderr).toMatch(said);
    await expect.poll(() => processesWith(marker), { timeout: END_LIMIT_MS, interval: 100 }).toEqual([]);
    return { ...ended, folder };
  }

  /** Whatever is left says that it is incomplete, names itself, and can be analyzed. */
  async function expectHonest({ folder, stderr }: Cut, status: 'incomplete' | 'recording'): Promise<void> {
    expect(stderr).not.toMatch(/^ {4}at |fault of Inferscope/m);
    if (!existsSync(folder)) {
      expect(status).toBe('incomplete');
      expect(stderr).toContain('no bundle was left');
      return;
    }
    const manifest = JSON.parse(await readFile(join(folder, 'run.json'), 'utf8'));
    expect(manifest.status).toBe(status);
    if (status === 'incomplete') {
      expect(stderr).toContain(`The bundle ${folder} is marked incomplete.`);
      expect((await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.partial'))).toEqual([]);
    }
    const analyzed = await runTrace(['analyze', folder, '--json']);
    expect(analyzed.code).toBe(0);
    const analysis = JSON.parse(analyzed.stdout);
    expect(analysis.source.complete).toBe(false);
    expect(analysis.notes[0]).toMatchObject({ id: 'incomplete', level: 'warning' });
  }

  async function stoppedIn(when: Moment, signal: keyof typeof codes): Promise<Cut> {
    const ended = await cut(when, (pid) => process.kill(pid, signal));
    expect(ended.code).toBe(codes[signal]);
    expect(ended.stderr).toContain(`trace: stopped by ${signal}`);
    await expectHonest(ended, 'incomplete');
    return ended;
  }

  async function stoppedInTrace(signal: keyof typeof codes): Promise<void> {
    const { folder } = await stoppedIn(tracing, signal);
    expect(existsSync(join(folder, 'trace.json.gz'))).toBe(true);
    expect((await runTrace(['analyze', folder])).stdout).toMatch(/incomplete/);
  }

  test('by SIGTERM in the timing pass', () => stoppedIn(timing, 'SIGTERM'));
  test('by SIGINT in the timing pass', { tags: ['slow'] }, () => stoppedIn(timing, 'SIGINT'));
  test('by SIGINT in the trace pass, whose trace until then is kept', () => stoppedInTrace('SIGINT'));
  test('by SIGTERM in the trace pass, whose trace until then is kept', { tags: ['slow'] }, () => stoppedInTrace('SIGTERM'));

  const title = 'by SIGINT before %s leaves no folder, and says so';
  test.each([['anything is measured', settingUp]])(title, leavesNothing);
  test.each([['the browser is there', starting]])(title, { tags: ['slow'] }, leavesNothing);

  async function leavesNothing(_: string, when: Moment): Promise<void> {
    const ended = await cut(when, (pid) => process.kill(pid, 'SIGINT'));
    expect(ended.code).toBe(130);
    expect(ended.stderr).toContain('trace: stopped by SIGINT');
    expect(existsSync(ended.folder)).toBe(false);
    await expectHonest(ended, 'incomplete');
  }

  test('by Ctrl-C in a terminal, which reaches every process of the group', async () => {
    const ended = await cut(timing, (pid) => process.kill(-pid, 'SIGINT'));
    expect(ended.code).toBe(130);
    expect(ended.stderr).toContain('trace: stopped by SIGINT');
    await expectHonest(ended, 'incomplete');
  });

  test('by a second Ctrl-C, which does not wait for the first to be done', { tags: ['slow'] }, async () => {
    const ended = await cut(tracing, (pid) => {
      process.kill(pid, 'SIGINT');
      setTimeout(() => process.kill(pid, 'SIGINT'), 20);
    });
    expect(ended.code).toBe(130);
    // On a busy machine the first may be done before the second arrives.
    await expectHonest(ended, /marked incomplete/.test(ended.stderr) ? 'incomplete' : 'recording');
  });

  async function browserDiesIn(when: Moment): Promise<void> {
    const ended = await cut(when, async (_pid, marker) => {
      // Only the browser process itself has no --type; the others end with it.
      const browsers = (await processesWith(marker)).filter(
        ({ command }) => command.includes('--headless') && !command.includes('--type='),
      );
      for (const { pid } of browsers) process.kill(pid, 'SIGKILL');
    });
    expect(ended.code, ended.stderr).toBe(1);
    expect(ended.stderr).toMatch(/^trace: .*(browser|page)/im);
    await expectHonest(ended, 'incomplete');
  }

  test('by the death of the browser in the timing pass', { tags: ['slow'] }, () => browserDiesIn(timing));
  test('by the death of the browser in the trace pass', () => browserDiesIn(tracing));

  async function killedIn(when: Moment): Promise<void> {
    const ended = await cut(when, (pid) => process.kill(pid, 'SIGKILL'));
    expect(ended.signal).toBe('SIGKILL');
    await expectHonest(ended, 'recording');
  }

  test('by the tool’s own death in the timing pass', () => killedIn(timing));
  test('by the tool’s own death in the trace pass', { tags: ['slow'] }, () => killedIn(tracing));
});
