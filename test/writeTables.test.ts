import { describe, expect, test } from 'vitest';
import { csvText } from '../src/report/data.js';
import { tablesOf } from '../src/writeTables.js';
import { buildAnalysis } from './report/buildAnalysis.js';
import { buildHostileAnalysis } from './report/hostile.js';

describe('the tables of an analysis', () => {
  test('have a name each, after their section and caption, and their columns', () => {
    const tables = tablesOf(buildAnalysis());
    const names = tables.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['latency-latency-by-phase', 'causes-causes-of-a-prediction-s-time']));
    expect(new Set(names).size).toBe(names.length);
    const causes = tables.find(({ name }) => name.startsWith('causes-'))!;
    const [head, first] = csvText(causes).split('\n');
    expect(head).toMatch(/^cause,id,share,meanMs,meanLowMs,meanHighMs,/);
    expect(first).toMatch(/^128-bit SIMD Wasm,isa\.simd128,0\.8/);
  });

  test('have names that are no path, whatever the trace holds', () => {
    const names = tablesOf(buildHostileAnalysis()).map(({ name }) => name);
    expect(names.length).toBeGreaterThan(5);
    expect(names.filter((name) => !/^[a-z0-9-]{1,100}$/.test(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });
});
