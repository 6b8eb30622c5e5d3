import { describe, expect, test } from 'vitest';
import { qoeOf } from '../../../analyzers/qoe/qoe.js';
import { buildRound, log, threeRounds } from './buildRounds.js';

const of = (rounds = threeRounds()) => qoeOf({ ...log, rounds: [] }, rounds)!;

describe('what a user gets', () => {
  test('is how much longer input takes than without inference, by pairs of one round', () => {
    const { responsiveness } = of();
    expect(responsiveness.map(({ id, increase }) => [id, increase && Math.round(increase.value * 1000) / 1000])).toEqual([
      ['none', null],
      ['main', 1],
      ['worker', 0.1],
    ]);
    const [, main] = responsiveness;
    // Every pair says the same, however much rounds differ.
    expect(main!.increase!.ci95![0]).toBeCloseTo(1);
    expect(main!.increase!.ci95![1]).toBeCloseTo(1);
    expect(main!.scriptedIncrease!.value).toBeCloseTo(1);
  });

  test('has the parts of an input, and INP as the longest of few', () => {
    const [none] = of().responsiveness;
    expect(none).toMatchObject({ interactions: 9, operations: 9, inpMs: 30 });
    const { delayMs, processingMs, presentationMs } = none!.parts!;
    expect(delayMs + processingMs + presentationMs).toBeCloseTo(25);
  });

  test('says where the wait of an input goes, stage by stage: the means sum to the mean of the whole', () => {
    const [none, main] = of().responsiveness;
    const sumMs = (one: typeof none): number => one!.stages.reduce((sum, { meanMs }) => sum + meanMs, 0);
    expect(sumMs(none)).toBeCloseTo(25);
    expect(sumMs(main)).toBeCloseTo(50);
    expect(none!.stages.find(({ id }) => id === 'display')!.medianMs).toBeCloseTo(12.5);
  });

  test('has INP without the longest of each fifty', () => {
    const many = buildRound(0, 'none', [...Array.from({ length: 99 }, () => 10), 400]);
    const rounds = [many, buildRound(1, 'none', [500])];
    expect(qoeOf({ ...log, rounds: [] }, rounds)!.responsiveness[0]!.inpMs).toBe(10);
  });

  test('is how many vsyncs were smooth, whose causes sum to the others', () => {
    const { smoothness, frameCauses } = of();
    expect(smoothness.map(({ smooth }) => smooth!.value.toFixed(3))).toEqual(['1.000', '0.750', '0.950']);
    expect(smoothness[1]).toMatchObject({ vsyncs: 180, onTime: 135, missed: 45, partial: 0, longestGapMs: 50 });
    for (const { id, missed, partial } of smoothness) {
      const causes = frameCauses.filter(({ condition }) => condition === id);
      expect(causes.reduce((sum, { vsyncs }) => sum + vsyncs, 0)).toBeCloseTo(missed + partial);
    }
  });

  test('has no interval of fewer than three rounds', () => {
    const two = threeRounds().filter((round) => round.log.round < 2);
    expect(of(two).responsiveness.map(({ medianMs }) => medianMs!.ci95)).toEqual([null, null, null]);
  });

  test('is not told as an increase where the page lacked a core without inference too', () => {
    const { isContended, responsiveness } = of(threeRounds({ waited: 0.3 }));
    expect(isContended).toBe(true);
    expect(responsiveness.map(({ increase, scriptedIncrease }) => [increase, scriptedIncrease])).toEqual([
      [null, null],
      [null, null],
      [null, null],
    ]);
    expect(of(threeRounds({ waited: 0.02 })).isContended).toBe(false);
  });

  test('is no increase over a round whose times are 0', () => {
    const rounds = [0, 1, 2].flatMap((round) => [
      buildRound(round, 'none', [round === 0 ? 0 : 10]),
      buildRound(round, 'main', [round === 1 ? 0 : 20]),
    ]);
    const [, main] = of(rounds).responsiveness;
    expect(main!.increase!.value).toBeCloseTo(1);
    expect(main!.increase!.ci95).toBeNull();
  });

  test('has a condition for each GPU backend that was asked for, in the same pairs', () => {
    const rounds = [...threeRounds(), ...[0, 1, 2].map((round) => buildRound(round, 'webgpu', [(24 + round) * 3]))];
    const { conditions, responsiveness } = qoeOf({ ...log, rounds: [] }, rounds)!;
    expect(conditions.map(({ id }) => id)).toEqual(['none', 'main', 'worker', 'webgpu']);
    expect(conditions[3]).toMatchObject({ rounds: 3, dutyAsked: 0.5 });
    expect(responsiveness[3]!.increase!.value).toBeCloseTo(2);
  });

  test('compares nothing where no round was without inference', () => {
    const rounds = threeRounds().filter(({ condition }) => condition !== 'none');
    expect(of(rounds).responsiveness.map(({ increase }) => increase)).toEqual([null, null]);
  });

  test('is not known without rounds', () => {
    expect(qoeOf({ ...log, rounds: [] }, [])).toBeNull();
  });
});
