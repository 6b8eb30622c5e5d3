import type { Verdict } from '../../../analyzers/frames/vsyncs.js';
import type { QoeRound } from '../../../analyzers/qoe/rounds.js';
import { stageTimes } from '../../../analyzers/responsiveness/stages.js';
import { type QoeCondition, usualConditions } from '../../../src/bundle/qoeConditions.js';
import type { QoeLog } from '../../../src/bundle/qoeLog.js';

export const log: Omit<QoeLog, 'rounds'> = {
  schema: 'inferscope.qoe/1',
  seed: 1,
  duty: 0.5,
  ratePerSecond: null,
  roundsAsked: null,
  conditions: [...usualConditions],
  gpuCompositing: 'disabled_software',
  renderer: null,
  noVideo: null,
};

/** A round in which each input took these times to show, ms. */
export function buildRound(
  round: number,
  condition: QoeCondition,
  latenciesMs: readonly number[],
  {
    waited = 0,
    missed = 0,
    seconds = 1,
    vsyncsBehind = 0,
  }: { readonly waited?: number; readonly missed?: number; readonly seconds?: number; readonly vsyncsBehind?: number } = {},
): QoeRound {
  const verdictOf = (i: number): Verdict => (i < missed ? 'missed' : 'onTime');
  return {
    condition,
    startUs: 0,
    seconds,
    log: {
      round,
      condition,
      seconds,
      inferencesMs: condition === 'none' ? [] : [20, 30],
      operations: latenciesMs.map(() => 'add'),
      scriptedMs: latenciesMs.map((ms) => ms / 2),
      animationFrames: 60,
      video: { callbacks: 28, presented: 30, total: 30, dropped: 0 },
    },
    inferences: condition === 'none' ? [] : [{ startUs: 1_200_000, endUs: 1_220_000, value: null }],
    interactions: latenciesMs.map((ms, i) => ({
      startUs: i * 1000,
      latencyUs: ms * 1000,
      delayUs: ms * 250,
      processingUs: ms * 250,
      presentationUs: ms * 500,
      stages: stageTimes(ms * 1000, [
        { name: 'RendererCompositorToMain', us: ms * 250 },
        { name: 'RendererMainProcessing', us: ms * 250 },
        { name: 'SubmitCompositorFrameToPresentationCompositorFrame', us: ms * 500 },
      ]),
    })),
    vsyncs: Array.from({ length: 60 }, (_, i) => ({
      startUs: 1_000_000 + i * 16_667,
      verdict: verdictOf(i),
      shownUs: verdictOf(i) === 'onTime' ? [1_000_000 + i * 16_667 + 500] : [],
      mainAnimation: true,
    })),
    gapsUs: [16_667, missed > 0 ? 50_000 : 16_667],
    vsyncsBehind,
    affected: Array.from({ length: missed }, () => ({
      startUs: 0,
      verdict: 'missed' as const,
      shownUs: [],
      mainAnimation: true,
      causes: { 'frame.inference': 1 },
    })),
    contention: { main: waited, compositor: 0, viz: null },
  };
}

/** Three rounds of each condition: on the main thread input takes twice as long, in a worker a tenth longer. */
export const threeRounds = (options: { readonly waited?: number } = {}): QoeRound[] =>
  [0, 1, 2].flatMap((round) => {
    const times = (factor: number): number[] => [20, 24, 28].map((ms) => (ms + round) * factor);
    return [
      buildRound(round, 'none', times(1), options),
      buildRound(round, 'main', times(2), { ...options, missed: 15 }),
      buildRound(round, 'worker', times(1.1), { ...options, missed: 3 }),
    ];
  });
