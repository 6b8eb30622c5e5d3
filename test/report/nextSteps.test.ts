import { describe, expect, test } from 'vitest';
import type { BesideRun } from '../../analyzers/gap/beside.js';
import type { Effect } from '../../analyzers/gap/effects.js';
import type { CauseTime } from '../../analyzers/partition/partition.js';
import { nextSteps } from '../../src/report/nextSteps.js';
import type { Interval } from '../../src/stats/interval.js';
import { buildAnalysis } from './buildAnalysis.js';
import { buildPage } from './buildPage.js';

const step = (id: string, ms: number, ci95Ms: Interval, alias = id): Effect & BesideRun => {
  return { id, alias, title: id, ms, ci95Ms, evidence: '', advice: `do ${id}` };
};

function textsOf(effects: readonly Effect[], beside: readonly BesideRun[]): string[] {
  const { gap } = buildAnalysis();
  return nextSteps(buildAnalysis({ gap: { ...gap!, effects, beside } })).map(({ text }) => text);
}

test('nextSteps, of threads that poll, advises what a page can do, and not an option that does nothing in it', () => {
  const { partition, run } = buildAnalysis();
  const spin: CauseTime = { ...partition!.causes[0]!, id: 'contention.spin', share: 0.22 };
  const textOf = (framework: string): string =>
    nextSteps(buildAnalysis({ partition: { ...partition!, causes: [spin] }, run: { ...run!, framework } })).find(({ text }) =>
      text.startsWith('Threads burn CPU'),
    )!.text;
  expect(textOf('ort')).toMatch(/22.*%.* cannot switch that off.* fewer threads, or another framework/);
  expect(textOf('ort')).not.toContain('allow_spinning');
  expect(textOf('tfjs')).not.toContain('onnxruntime-web');
});

test('nextSteps, of a thread that slept for a lock, says what most likely had it, and of a page to record for longer', () => {
  const { partition } = buildAnalysis();
  const textsWith = (share: number, page = buildPage()): readonly string[] =>
    nextSteps(
      buildAnalysis({ page, partition: { ...partition!, causes: [{ ...partition!.causes[0]!, id: 'contention.lock', share }] } }),
    ).map(({ text }) => text);
  expect(textsWith(0.15)).toContainEqual(
    expect.stringMatching(/^For 15.*% .* slept for a lock .* compiled .* Record for longer/),
  );
  expect(textsWith(0.05).join()).not.toContain('a lock');
});

test.each([
  ['launched', 'trace collect <url> --duration 60s'],
  ['attached', 'trace collect --attach --duration 60s'],
] as const)(
  'nextSteps, of a page that was %s and has a wide interval, names the command that watches it for longer',
  (opened, command) => {
    const { latency } = buildAnalysis();
    const prediction = { ...latency!.prediction!, medianMs: 10, ci95Ms: [6, 14] as const };
    const steps = nextSteps(buildAnalysis({ page: buildPage({ opened }), latency: { ...latency!, prediction } }));
    expect(steps.map((one) => one.command)).toContain(command);
  },
);

describe('nextSteps, of a ladder', () => {
  test('begins with what gains most of all that can be changed', () => {
    const slower = step('tier.baseline', 80, [70, 90]);
    const faster = step('threads.2', -20, [-24, -16]);
    expect(textsOf([step('effect.simd', 30, [28, 32], 'isa.simd'), step('effect.isa', 60, [50, 70])], [slower, faster])[0]).toBe(
      'do effect.simd',
    );
    expect(textsOf([step('effect.simd', 10, [8, 12], 'isa.simd')], [slower, faster])[0]).toBe('do threads.2');
  });

  test('has no gain whose interval holds zero', () => {
    const texts = textsOf(
      [step('effect.simd', 10, [-1, 21], 'isa.simd')],
      [step('threads.2', -20, [-45, 5]), step('tier.baseline', -9, [-10, -8])],
    );
    expect(texts.filter((text) => text.startsWith('do '))).toEqual([]);
  });

  test('names the largest other effect too', () => {
    const texts = textsOf(
      [step('effect.isa', 60, [50, 70]), step('effect.library', 9, [1, 17])],
      [step('threads.2', -20, [-24, -16])],
    );
    expect(texts[0]).toBe('do threads.2');
    expect(texts[1]).toMatch(/^effect\.isa, .* of the gap\. do effect\.isa/);
  });
});
