import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isStudy, readStudy } from '../../src/bundle/readStudy.js';
import { buildCell, buildRun, buildStudyInput } from '../analyzers/study/buildStudy.js';

describe('a study’s folder', () => {
  let folder: string;
  const cell = buildCell();
  const { study } = buildStudyInput([cell], [buildRun(cell, 0, { browserMs: [1] })]);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'inferscope-study-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const write = (content: string) => writeFileSync(join(folder, 'study.json'), content);

  test('is known by its study.json, and reads back', async () => {
    expect(await isStudy(folder)).toBe(false);
    expect(await isStudy(join(folder, 'nowhere'))).toBe(false);
    write(JSON.stringify(study));
    expect(await isStudy(folder)).toBe(true);
    expect(await readStudy(folder)).toEqual(study);
  });

  test.each([
    ['nothing', null, /holds no study\.json, so it is no study/],
    ['half a file', '{"schema":', /study\.json is not valid JSON: .*What was recorded is untouched/],
    [
      'another schema',
      JSON.stringify({ ...study, schema: 'inferscope.study/9' }),
      /is not what this version of Inferscope writes/,
    ],
    [
      'a run of an unknown cell',
      JSON.stringify({ ...study, order: [{ cell: 'x', round: 0 }] }),
      /no run of a cell that it does not name/,
    ],
    [
      'a cell that leaves the folder',
      JSON.stringify({ ...study, cells: [{ ...cell, id: '../../etc' }], order: [], runs: [] }),
      /id/,
    ],
  ])('that holds %s is refused with what is wrong', async (_, content, message) => {
    if (content !== null) write(content);
    await expect(readStudy(folder)).rejects.toThrow(message);
  });
});
