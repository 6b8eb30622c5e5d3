import { describe, expect, test } from 'vitest';
import { profileEvents } from '../../../collectors/cpuProfile/profileEvents.js';
import { type EventFields, readEvents } from '../../trace/buildTrace.js';
import { buildProfile, frame } from './buildProfile.js';

const root = frame('(root)');
const script = frame('predict', 'http://page/app.js', 3, 14);
const module = 'http://page/model.wasm';
const kernel = frame('wasm-function[7]', module, 0, 4711);

const read = (threads: Parameters<typeof profileEvents>[0], urls: readonly string[] = []) =>
  readEvents(...([...profileEvents(threads, urls)] as EventFields[])).tables;

describe('profiles as events of a trace', () => {
  test('give every thread its samples, at their times and in their functions', () => {
    const { samples, callFrames, threads } = read([
      { pid: 5, tid: 6, profile: buildProfile(1000, [root, script, kernel], [2, 2, 1], [10, 20, 30]) },
      { pid: 5, tid: 7, profile: buildProfile(2000, [root, kernel], [1, 0], [1, 2]) },
    ]);
    const seen = Array.from({ length: samples.length }, (_, row) => {
      const { thread, atUs, frame: at } = samples.columns;
      return [threads.columns.tid[thread[row]!], atUs[row], callFrames.columns.function.at(at[row]!)];
    });
    expect(seen).toEqual([
      [6, 1010, 'wasm-function[7]'],
      [6, 1030, 'wasm-function[7]'],
      [6, 1060, 'predict'],
      [7, 2001, 'wasm-function[7]'],
      [7, 2003, '(root)'],
    ]);
  });

  test('keep the caller, the place and the kind of code of every function', () => {
    const { callFrames } = read([{ pid: 5, tid: 6, profile: buildProfile(0, [root, script, kernel], [2], [1]) }]);
    const { parent, url, line, column, codeType } = callFrames.columns;
    expect([0, 1, 2].map((row) => [parent[row], url.at(row), line[row], column[row], codeType.at(row)])).toEqual([
      [-1, '', -1, -1, 'other'],
      [0, 'http://page/app.js', 3, 14, 'JS'],
      [1, module, 0, 4711, 'wasm'],
    ]);
  });

  test('know a named function as Wasm by its module: captured, or seen with functions without a name', () => {
    const named = frame('gemm', module, 0, 99);
    const codeTypes = (functions: (typeof named)[], urls: readonly string[]) => {
      const { codeType } = read([{ pid: 1, tid: 1, profile: buildProfile(0, functions, [], []) }], urls).callFrames.columns;
      return functions.map((_, row) => codeType.at(row));
    };
    expect(codeTypes([root, named], [])).toEqual(['other', 'JS']);
    expect(codeTypes([root, named], [module])).toEqual(['other', 'wasm']);
    expect(codeTypes([root, named, kernel], [])).toEqual(['other', 'wasm', 'wasm']);
    // A module whose bytes were handed over has no address; that makes no builtin Wasm.
    expect(codeTypes([root, frame('fetch')], [''])).toEqual(['other', 'JS']);
  });

  test('stay small, and read as one profile', () => {
    const count = 2345;
    const deltas = Array.from({ length: count }, (_, i) => 900 + (i % 7));
    const profile = buildProfile(
      500,
      [root, script],
      deltas.map((_, i) => i % 2),
      deltas,
    );
    const events = [...profileEvents([{ pid: 1, tid: 1, profile }], [])];
    expect(Math.max(...events.map((event) => JSON.stringify(event).length))).toBeLessThan(20_000);
    const { samples } = readEvents(...(events as EventFields[])).tables;
    expect(samples.length).toBe(count);
    expect(samples.columns.atUs.at(-1)).toBe(profile.endTime);
  });

  test('of a thread that was never sampled are its profile alone', () => {
    expect(read([{ pid: 1, tid: 1, profile: buildProfile(0, [], [], []) }]).samples.length).toBe(0);
  });
});
