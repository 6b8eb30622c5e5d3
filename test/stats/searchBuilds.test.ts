import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { comparisonsOf, searchBuilds, type TestedBuild } from '../../src/stats/searchBuilds.js';

type Verdict = TestedBuild['verdict'];

/** Searches to the end. @param verdictOf what is found of a build, by its place behind the good one */
function search(count: number, verdictOf: (place: number) => Verdict) {
  const versions = Array.from({ length: count + 1 }, (_, place) => `1.${place}`);
  const tested: TestedBuild[] = [];
  for (;;) {
    const state = searchBuilds(versions, tested);
    if (state.state !== 'next') return { versions, tested, ended: state };
    expect(tested.some(({ version }) => version === state.version)).toBe(false);
    tested.push({ version: state.version, verdict: verdictOf(versions.indexOf(state.version)) });
    expect(tested.length).toBeLessThanOrEqual(count);
  }
}

const counts = fc.integer({ min: 1, max: 60 });

describe('searchBuilds', () => {
  test('finds the first slower one in as many comparisons as bisecting takes', () => {
    const property = fc.property(counts, fc.nat(), (count, at) => {
      const first = 1 + (at % count);
      const { versions, tested, ended } = search(count, (place) => (place >= first ? 'slower' : 'not slower'));
      expect(ended).toEqual({ state: 'found', before: versions[first - 1], slow: versions[first], between: [] });
      expect(tested.length).toBeLessThanOrEqual(comparisonsOf(count));
    });
    fc.assert(property, { seed: 1 });
  });

  test('says of which builds nothing is known, where some do not run or cannot be told, and errs in no other', () => {
    const verdicts = fc.array(fc.constantFrom<Verdict>('slower', 'not slower', 'undecided', 'skipped'), {
      minLength: 1,
      maxLength: 40,
    });
    const property = fc.property(verdicts, (given) => {
      // In no order at all, as with builds that get slower and mend.
      const of = (place: number): Verdict => (place === given.length ? 'slower' : given[place - 1]!);
      const { versions, ended } = search(given.length, of);
      if (ended.state !== 'found') throw new Error('nothing is found though the last one is slower');
      const [before, slow] = [versions.indexOf(ended.before), versions.indexOf(ended.slow)];
      expect(of(slow)).toBe('slower');
      expect(before === 0 || of(before) === 'not slower').toBe(true);
      expect(ended.between).toEqual(versions.slice(before + 1, slow));
      for (let place = before + 1; place < slow; place++) expect(['undecided', 'skipped']).toContain(of(place));
    });
    fc.assert(property, { seed: 1 });
  });

  test.each(['not slower', 'undecided', 'skipped'] as const)('looks no further where the last one is %s', (last) => {
    const { tested, ended } = search(9, () => last);
    expect(ended).toEqual({ state: 'nothing', last });
    expect(tested.map(({ version }) => version)).toEqual(['1.9']);
  });

  test('tries the nearest neighbour of one that does not run', () => {
    const { tested } = search(7, (place) => (place === 3 ? 'skipped' : place >= 5 ? 'slower' : 'not slower'));
    expect(tested.map(({ version }) => version).slice(0, 3)).toEqual(['1.7', '1.3', '1.4'].slice(0, 3));
  });
});
