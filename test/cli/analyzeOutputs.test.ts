import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unpackRecorded } from '../bundle/unpackRecorded.js';
import { runTrace } from './runTrace.js';

describe('what analyze prints and writes', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inferscope-outputs-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('is Markdown where that is asked for, and no report', async () => {
    const bundle = await unpackRecorded('ppocr-det-worker');
    const { code, stdout, stderr } = await runTrace(['analyze', bundle, '--markdown']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^# PP-OCRv4 text detector\n\n/);
    expect(stdout).toContain('## Where the time goes');
    expect(stderr).not.toContain('Report:');
  });

  test('is every table as CSV in a folder', async () => {
    const bundle = await unpackRecorded('ppocr-det-worker');
    const csv = join(folder, 'tables');
    const { code, stderr } = await runTrace(['analyze', bundle, '--csv', csv, '--json']);
    expect(code).toBe(0);
    expect(stderr).toContain('Tables: file://');
    const files = await readdir(csv);
    expect(files).toContain('causes-causes-of-a-prediction-s-time.csv');
    expect(await readFile(join(csv, 'latency-latency-by-phase.csv'), 'utf8')).toMatch(/^phase,/);
  });

  test('is a short answer, all of it with --verbose, and only the path of the report with --quiet', async () => {
    const bundle = await unpackRecorded('ppocr-det-worker');
    const short = await runTrace(['analyze', bundle]);
    const whole = await runTrace(['analyze', bundle, '--verbose']);
    const quiet = await runTrace(['analyze', bundle, '--quiet', '--open'], { env: { DISPLAY: '', WAYLAND_DISPLAY: '' } });
    for (const { code } of [short, whole, quiet]) expect(code).toBe(0);
    expect(short.stdout.trimEnd().split('\n').length).toBeLessThan(15);
    expect(whole.stdout.length).toBeGreaterThan(2 * short.stdout.length);
    for (const { stdout } of [short, whole]) expect(stdout).not.toContain('…');
    expect(resolve(quiet.stdout.trimEnd())).toBe(join(bundle, 'report.html'));
    expect(quiet.stdout.trimEnd()).not.toContain('\n');
    // It was asked for, so it is said that it could not be done.
    expect(quiet.stderr).toMatch(/^There is no screen here[^\n]*\n$/);
  });

  test('is refused where two forms are asked for, or the folder is none', async () => {
    const bundle = await unpackRecorded('ppocr-det-worker');
    expect(await runTrace(['analyze', bundle, '--markdown', '--json'])).toMatchObject({ code: 2 });
    const { code, stderr } = await runTrace(['analyze', bundle, '--json', '--csv', join(bundle, 'run.json')]);
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/The tables cannot be written.*--csv/);
  });

  test('is the CPU samples of the thread that infers, for other viewers; a recording is not overwritten by them', async () => {
    const bundle = await unpackRecorded('ppocr-det-worker');
    const file = join(folder, 'new/samples.cpuprofile');
    const { code, stderr } = await runTrace(['analyze', bundle, '--markdown', '--cpuprofile', file]);
    expect([code, stderr]).toEqual([0, expect.stringContaining('CPU profile: file://')]);
    const { nodes, samples, timeDeltas } = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown[]>;
    expect(nodes!.length).toBeGreaterThan(50);
    expect(samples!.length).toBeGreaterThan(1000);
    expect(timeDeltas).toHaveLength(samples!.length);
    const over = await runTrace(['analyze', bundle, '--cpuprofile', join(bundle, 'trace.json.gz')]);
    expect([over.code, over.stderr]).toEqual([2, expect.stringContaining('which is read for the report')]);
    expect(await runTrace(['analyze', bundle, bundle, '--cpuprofile', file])).toMatchObject({ code: 2 });
  });
});
