import { describe, expect, test } from 'vitest';
import { interactionTimes } from '../../../analyzers/responsiveness/interactionsIn.js';
import { stageTimes } from '../../../analyzers/responsiveness/stages.js';
import { view } from '../../../analyzers/responsiveness/view.js';

const interaction = (startMs: number, latencyMs: number) => ({
  startUs: startMs * 1000,
  latencyUs: latencyMs * 1000,
  delayUs: latencyMs * 500,
  processingUs: latencyMs * 100,
  presentationUs: latencyMs * 400,
  stages: stageTimes(latencyMs * 1000, [
    { name: 'RendererCompositorToMain', us: latencyMs * 500 },
    { name: 'RendererMainProcessing', us: latencyMs * 100 },
  ]),
});
const window = (startMs: number, endMs: number) => ({ thread: 0, startUs: startMs * 1000, endUs: endMs * 1000, offCpuUs: NaN });

describe('interactions', () => {
  test('are during inferences if any of their time is, until the frame', () => {
    const all = [interaction(0, 30), interaction(95, 10), interaction(300, 8)];
    const times = interactionTimes(all, [window(20, 40), window(100, 200)])!;
    expect(times.during).toMatchObject({
      count: 2,
      medianMs: 20,
      longestMs: 30,
      delayMs: 10,
      processingMs: 2,
      presentationMs: 8,
    });
    expect(times.outside).toMatchObject({ count: 1, medianMs: 8 });
  });

  test('are not known where nobody used the page', () => {
    expect(interactionTimes([], [window(0, 10)])).toBeNull();
    expect(view.blocks({ interactions: null })).toEqual([]);
    expect(view.brief({ interactions: null })).toEqual([]);
  });

  test('are told in one sentence, also where there are none on one side', () => {
    const text = (times: ReturnType<typeof interactionTimes>): string => JSON.stringify(view.blocks({ interactions: times })[0]);
    const both = interactionTimes([interaction(0, 30), interaction(300, 8)], [window(0, 10)]);
    expect(text(both)).toContain(
      'Input during inferences took 30.0 ms to show (1 interaction, the longest 30.0 ms), otherwise 8.00 ms (1 interaction).',
    );
    expect(view.brief({ interactions: both })[0]!.text).toBe(
      'shown after 30.0 ms during inferences (1 time), after 8.00 ms otherwise (1 time)',
    );
    expect(text(interactionTimes([interaction(0, 30)], [window(0, 10)]))).toContain('the longest 30.0 ms).');
    expect(text(interactionTimes([interaction(0, 30)], []))).toContain(
      'Nobody used the page during inferences; otherwise input took 30.0 ms',
    );
  });

  test('are told stage by stage, whose means sum to the mean of the whole', () => {
    const times = interactionTimes(
      [interaction(0, 30), interaction(95, 10), interaction(300, 8)],
      [window(20, 40), window(100, 200)],
    )!;
    const { stages } = times.during;
    expect(stages.reduce((sum, { meanMs }) => sum + meanMs, 0)).toBeCloseTo(20);
    expect(stages.find(({ id }) => id === 'delay')).toEqual({ id: 'delay', medianMs: 10, meanMs: 10 });
    const drawn = view.blocks({ interactions: times });
    expect(drawn.map(({ block }) => block)).toEqual(['paragraph', 'table', 'figure', 'table']);
    // A stage that took no time is left out.
    const table = JSON.stringify(drawn[3]);
    expect(table).toContain('Waiting for the main thread');
    expect(table).not.toContain('"Compositor"');
  });

  test('of a trace that tells no stages have none', () => {
    const times = interactionTimes([{ ...interaction(0, 30), stages: null }], [window(20, 40)])!;
    expect(times.during.stages).toEqual([]);
    expect(view.blocks({ interactions: times }).map(({ block }) => block)).toEqual(['paragraph', 'table']);
  });
});
