import type { Compare, ProcessFigures } from '../../../src/bundle/compare.js';

/** What one process showed: a prediction of the sum of its causes, unless said otherwise. */
export function buildProcess(causesMs: Record<string, number>, more: Partial<ProcessFigures> = {}): ProcessFigures {
  const ms = Object.values(causesMs).reduce((sum, each) => sum + each, 0);
  return {
    predictionMs: ms,
    setupMs: 100,
    warmupMs: 2 * ms,
    memoryBytes: null,
    windows: Array.from({ length: 4 }, () => ({ ms, causesMs })),
    functions: [],
    operators: [],
    faults: [],
    ...more,
  };
}

/** A comparison of rounds. */
export function buildCompare(
  rounds: readonly { readonly a: ProcessFigures; readonly b: ProcessFigures }[],
  more: Partial<Compare> = {},
): Compare {
  return {
    schema: 'inferscope.compare/1',
    toolVersion: '0',
    startedAt: '2026-12-01T00:00:00.000Z',
    plan: {
      a: { name: 'base', options: ['--model m'], subject: 'm 0' },
      b: { name: 'head', options: ['--model n'], subject: 'n 0' },
      seed: 1,
    },
    limits: [],
    machine: {
      os: 'os',
      cpu: 'cpu',
      cores: 2,
      memoryBytes: 8e9,
      node: 'v20',
      vectorFeatures: null,
      busyCores: 0,
    },
    browsers: { a: 'Chrome/156.0', b: 'Chrome/156.0' },
    settings: [],
    rounds: rounds.map(({ a, b }) => ({ turns: [], tracedTurns: [], a, b })),
    ended: 'processes',
    tookMs: 1000,
    ...more,
  };
}
