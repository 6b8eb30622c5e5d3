import { describe, expect, test } from 'vitest';
import { sourcesOf } from '../../src/page/sourcesOf.js';
import { buildZip } from '../bundle/buildZip.js';

const given = (...paths: readonly string[]) => paths.map((path) => ({ path, file: new Blob(['{}']) }));
const kinds = async (...paths: readonly string[]) =>
  Promise.all(sourcesOf(given(...paths)).map(async ({ name, open }) => [name, (await open()).kind]));

describe('what was given is', () => {
  test('a bundle where there is a run.json, and else a trace each', async () => {
    expect(await kinds('a.json', 'run/run.json', 'run/trace.json.gz', 'b.json.gz')).toEqual([
      ['run', 'bundle'],
      ['a.json', 'trace'],
      ['b.json.gz', 'trace'],
    ]);
  });

  test('one bundle, if its files were chosen instead of their folder', async () => {
    expect(await kinds('run.json', 'trace.json.gz', 'gpu.json')).toEqual([['the chosen files', 'bundle']]);
  });

  test('two traces, where two files have one name', async () => {
    expect((await kinds('a.json', 'a.json')).map(([name]) => name)).toEqual(['a.json', 'a.json (2)']);
  });

  test('several bundles in one folder', async () => {
    expect(await kinds('traces/a/run.json', 'traces/b/run.json', 'traces/.DS_Store')).toEqual([
      ['traces/a', 'bundle'],
      ['traces/b', 'bundle'],
    ]);
  });

  test('a bundle in a zip', async () => {
    const [source] = sourcesOf([
      { path: 'x.zip', file: new Blob([Uint8Array.from(buildZip([{ name: 'run.json', content: '{}' }]))]) },
    ]);
    expect((await source!.open()).kind).toBe('bundle');
  });
});

test('a folder without a bundle is one that says so when it is read', async () => {
  const [source] = sourcesOf(given('pictures/1.json', 'pictures/below/2.json'));
  expect(source!.name).toBe('pictures');
  expect((await source!.open()).kind).toBe('bundle');
});

test('a study is refused, with what to do', async () => {
  const sources = sourcesOf(given('study/study.json', 'study/tables/a.csv', 'study/runs/a/0/run.json'));
  expect(sources).toHaveLength(1);
  await expect(sources[0]!.open()).rejects.toThrow(/study: is a study.*trace analyze/);
});

test('nothing, and too much at once, are refused', () => {
  expect(() => sourcesOf([])).toThrow(/no file/);
  expect(() => sourcesOf(given(...Array.from({ length: 21 }, (_, i) => `${i}.json`)))).toThrow(/21 inputs/);
});
