import { describe, expect, test } from 'vitest';
import { inOrder } from '../../../analyzers/steps/order.js';
import { atMost, candidate, type Found, type Knob, measured, notMeasured, type Saving } from '../../../analyzers/steps/step.js';

const step = (id: string, saves: Saving, more: { readonly knob?: Knob; readonly rank?: 'symptom' | 'recording' } = {}) =>
  candidate({ id, title: id, saves, basis: '', who: 'you', ...more });
const found = (...candidates: Found['candidates']): Found => ({ candidates, settled: [], refuted: [] });
const ids = (list: readonly Found[]) => inOrder(list).map(({ id }) => id);

describe('the order of steps', () => {
  test('is what a user feels, then what each inference saves, then what is not measured, then what is saved once', () => {
    const list = [
      step('bundle', notMeasured(), { rank: 'recording' }),
      step('warm-up', measured('warm-up', 700)),
      step('try', notMeasured()),
      step('small', atMost('prediction', 2)),
      step('large', measured('prediction', 9)),
      step('frozen', atMost('blocking', 4), { rank: 'symptom' }),
    ];
    const order = ['frozen', 'large', 'small', 'try', 'warm-up', 'bundle'];
    expect(ids([found(...list)])).toEqual(order);
    expect(ids([...list].reverse().map((one) => found(one)))).toEqual(order);
  });

  test('has one step for each knob: the one that is better known, then the one that saves more', () => {
    expect(
      ids([
        found(
          step('threads.more', notMeasured(), { knob: 'threads' }),
          step('threads.fewer', atMost('prediction', 3), { knob: 'threads' }),
        ),
      ]),
    ).toEqual(['threads.fewer']);
    const both = found(
      step('threads.2', measured('prediction', 20), { knob: 'threads' }),
      step('threads.4', measured('prediction', 25), { knob: 'threads' }),
      step('threads.fewer', atMost('prediction', 90), { knob: 'threads' }),
    );
    expect(ids([both])).toEqual(['threads.4']);
  });

  test('has no guess about a knob of which it was measured that it gains nothing', () => {
    const settled: Found = { candidates: [], settled: ['threads'], refuted: [] };
    const guess = found(step('threads.more', notMeasured(), { knob: 'threads' }), step('other', notMeasured()));
    expect(ids([guess, settled])).toEqual(['other']);
    const refused = found(step('threads.isolation', notMeasured(), { knob: 'threads', rank: 'symptom' }));
    expect(ids([refused, settled])).toEqual(['threads.isolation']);
  });

  test('names nothing twice', () => {
    expect(ids([found(step('one', notMeasured())), found(step('one', notMeasured()))])).toEqual(['one']);
  });
});
