import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { StudyAnalysis } from '../../analyzers/study/index.js';
import { buildCell, buildStudyInput, done, failed } from '../analyzers/study/buildStudy.js';
import { unpackRecorded } from '../bundle/unpackRecorded.js';
import { bin, runTrace } from './runTrace.js';

const worker = buildCell({ model: 'ppocr-det', threads: 1 });
const broken = buildCell({ model: 'mobilenet-v2', framework: 'tfjs', threads: 1, simd: true });

/** One cell with two rounds of a recorded bundle, the second without its trace; one cell whose bundle is half written. */
async function studyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'inferscope-study-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const bundle = await unpackRecorded('ppocr-det-worker');
  for (const round of [0, 1]) await cp(bundle, join(folder, 'runs', worker.id, String(round)), { recursive: true });
  await rm(join(folder, 'runs', worker.id, '1', 'trace.json.gz'));
  await mkdir(join(folder, 'runs', broken.id, '0'), { recursive: true });
  await writeFile(join(folder, 'runs', broken.id, '0', 'run.json'), '{"schema":');
  const { study } = buildStudyInput([worker, broken], [], {
    study: {
      order: [worker, broken].flatMap(({ id }) => [0, 1].map((round) => ({ cell: id, round }))),
      runs: [done(worker.id, 0), done(broken.id, 0), done(worker.id, 1), failed(broken.id, 1, 'The page ran out of memory.')],
    },
  });
  await writeFile(join(folder, 'study.json'), JSON.stringify(study));
  return folder;
}

describe.skipIf(!existsSync(bin))('trace analyze of a study (build first if this is skipped)', () => {
  test('prints the answer, and leaves report and tables in its folder', async () => {
    const folder = await studyFolder();
    const { code, stdout, stderr } = await runTrace(['analyze', folder]);
    expect(stdout).toContain('Prediction in the browser over native');
    expect(stdout).toMatch(/mobilenet-v2 .*failed in 1 round/);
    expect(stderr).toContain('report.html');
    expect(stderr).toContain('tables/');
    expect(code).toBe(0);
    expect(await readFile(join(folder, 'report.html'), 'utf8')).toContain('Findings');
    const tables = await readdir(join(folder, 'tables'));
    expect(tables).toContain('gap.csv');
    expect(tables.filter((name) => name.endsWith('.csv'))).toHaveLength(tables.length / 2);
  });

  test('prints one JSON document: a bundle that cannot be read is a failure of its own', async () => {
    const folder = await studyFolder();
    const { code, stdout } = await runTrace(['analyze', folder, '--json']);
    const analysis = JSON.parse(stdout) as StudyAnalysis;
    expect(code).toBe(0);
    expect(analysis.schema).toBe('inferscope.study-analysis/1');
    expect(analysis.gap.rows.map(({ cell }) => cell.id)).toEqual([worker.id]);
    expect(analysis.causes.map(({ round }) => round)).toEqual([0]);
    expect(analysis.failures.failed.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('is not valid JSON'),
      'The page ran out of memory.',
    ]);
    expect(existsSync(join(folder, 'report.html'))).toBe(false);
  });

  test('wants a study alone, and no options of single runs', async () => {
    const folder = await studyFolder();
    const beside = await runTrace(['analyze', folder, join(folder, 'runs', worker.id, '0')]);
    expect([beside.code, beside.stderr]).toEqual([2, expect.stringContaining('A study is analyzed alone')]);
    const marked = await runTrace(['analyze', folder, '--mark', 'x']);
    expect([marked.code, marked.stderr]).toEqual([
      2,
      expect.stringContaining('--mark, --symbols and --cpuprofile are for single runs'),
    ]);
    const tables = await runTrace(['analyze', folder, '--csv', join(folder, 'csv')]);
    expect([tables.code, tables.stderr]).toEqual([2, expect.stringContaining(`written into ${join(folder, 'tables')}/ anyway`)]);
  });
});
