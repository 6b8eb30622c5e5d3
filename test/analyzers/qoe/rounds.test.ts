import { describe, expect, test } from 'vitest';
import { analyze } from '../../../analyzers/index.js';
import type { QoeCondition } from '../../../src/bundle/qoeConditions.js';
import { type QoeLog, qoeLogSchema } from '../../../src/bundle/qoeLog.js';
import type { Trace } from '../../../src/trace/trace.js';
import { buildManifest } from '../../bundle/buildManifest.js';
import { RunBuilder } from '../buildRun.js';
import { log } from './buildRounds.js';

const roundLog = (round: number, condition: QoeCondition): QoeLog['rounds'][number] => ({
  round,
  condition,
  seconds: 1,
  inferencesMs: [],
  operations: [],
  scriptedMs: [5],
  animationFrames: 60,
  video: null,
});

const conditions = ['none', 'main', 'worker'] as const;

const PERIOD_MS = 16;
const FRAME = { frame_source: 1, layer_tree_host_id: 1 };

/** A page that is used for a second, with one frame that was missed. */
function used({ run = 'r1', ms = 1000, infers = false, shownAfterMs = [] as readonly number[] } = {}): Trace {
  const built = new RunBuilder();
  const main = built.thread('CrRendererMain');
  main.measure(`inferscope:${run}:qoe`, 100, 100 + ms);
  if (infers) main.measure(`inferscope:${run}:iteration:0`, 200, 300);
  for (const [i, after] of shownAfterMs.entries()) {
    const startMs = 600 + i * PERIOD_MS;
    main.frame({ ...FRAME, state: 'STATE_PRESENTED_ALL', frame_sequence: 10 + i } as { state: string }, startMs, startMs + after);
  }
  const report = { ...FRAME, state: 'STATE_DROPPED', affects_smoothness: true, has_main_animation: true };
  main.frame({ ...report, frame_sequence: 7 } as { state: string }, 500, 520);
  return built.trace();
}

const cut = (trace: Trace): Trace => ({ ...trace, reading: { ...trace.reading, cut: { atByte: 9, reason: 'the input ends' } } });

/** What is said where these are the traces of the rounds. */
function analyzed(traces: readonly (Trace | null)[], changes: Partial<QoeLog> = {}) {
  const rounds = traces.map((_, i) => roundLog(Math.floor(i / 3), conditions[i % 3]!));
  const recorded = traces.map((trace) => trace && { trace, scheduling: null });
  const qoe = { log: { ...log, rounds, ...changes }, recorded };
  const manifest = { ...buildManifest(), id: 'r1' };
  const analysis = analyze(new RunBuilder().input({ manifest, trace: null, modules: [], qoe }));
  return {
    conditions: analysis.qoe?.conditions.map(({ id, rounds: count }) => [id, count]),
    qoe: analysis.qoe,
    notes: analysis.notes.filter(({ id }) => id.includes('qoe')),
    ids: analysis.notes.map(({ id }) => id).filter((id) => id.includes('qoe')),
  };
}

describe('rounds of a page that was used', () => {
  test('count where their traces are whole, and the causes of the only vsync of one sum to it', () => {
    const { conditions: read, qoe, ids } = analyzed([used(), used(), used()]);
    expect(read).toEqual([
      ['none', 1],
      ['main', 1],
      ['worker', 1],
    ]);
    expect(qoe!.smoothness.map(({ missed }) => missed)).toEqual([1, 1, 1]);
    expect(qoe!.frameCauses.map(({ vsyncs }) => vsyncs)).toEqual([1, 1, 1]);
    expect(ids).not.toContain('qoe-rounds-lost');
    // Nothing tells whether other programs disturbed it.
    expect(ids).toContain('qoe-no-scheduling');
  });

  test('tell after how many vsyncs most of their frames were shown', () => {
    const { qoe } = analyzed([
      used({ shownAfterMs: [4, 5, 30, 4, 3] }),
      used({ shownAfterMs: [35, 36, 33, 34, 4] }),
      used({ shownAfterMs: [20, 18, 19, 4, 21] }),
    ]);
    expect(qoe!.smoothness.map(({ vsyncsBehind }) => vsyncsBehind)).toEqual([[0], [2], [1]]);
    expect(analyzed([used()]).qoe!.smoothness[0]!.vsyncsBehind).toEqual([null]);
  });

  test.each([
    ['missing', null],
    ['cut', cut(used())],
    ['of another run', used({ run: 'r2' })],
    ['of no time', used({ ms: 0 })],
    ['of a round with inference', used({ infers: true })],
  ])('do not count where the trace is %s, which is said', (_, broken) => {
    const { conditions: read, notes } = analyzed([broken, used(), used(), used()]);
    expect(read).toEqual([
      ['none', 1],
      ['main', 1],
      ['worker', 1],
    ]);
    expect(notes.find(({ id }) => id === 'qoe-rounds-lost')!.text).toContain(
      'Of 4 rounds in which the page was used 3 can be read',
    );
  });

  test('are unknown where none can be read, and so is what inference adds without one that has none', () => {
    const lost = analyzed([null, null, null]);
    expect(lost.qoe).toBeNull();
    expect(lost.ids).toEqual(['no-qoe-rounds']);
    expect(analyzed([null, used(), used()]).ids).toContain('qoe-no-control');
  });

  test('are fewer than were asked for where the run was stopped, which is said', () => {
    expect(analyzed([used(), used(), used()], { roundsAsked: 1 }).ids).not.toContain('qoe-stopped');
    const { notes } = analyzed([used(), used(), used()], { roundsAsked: 5 });
    expect(notes.find(({ id }) => id === 'qoe-stopped')!.text).toContain('after 3 of 15 rounds');
    const four = analyzed([used(), used(), used()], { roundsAsked: 5, conditions: ['none', 'main', 'worker', 'webgl'] });
    expect(four.notes.find(({ id }) => id === 'qoe-stopped')!.text).toContain('after 3 of 20 rounds');
    expect(notes.find(({ id }) => id === 'qoe-few-rounds')!.text).toContain('none: 1, main: 1, worker: 1');
  });
});

describe('a page beside a model on a GPU', () => {
  const renderer = 'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device))';
  const rounds = [used(), used({ infers: true }), used({ infers: true })];
  const ids = (changes: Partial<QoeLog>): readonly string[] => analyzed(rounds, changes).ids;

  test('is doubted where the processor stands in for the GPU', () => {
    const onGpu = { ...roundLog(0, 'webgpu'), seconds: 1 };
    const changes = { gpuCompositing: 'enabled', renderer, rounds: [roundLog(0, 'none'), roundLog(0, 'main'), onGpu] };
    expect(ids(changes)).toContain('qoe-software-gpu');
    expect(ids({ ...changes, renderer: 'NVIDIA H200' })).not.toContain('qoe-software-gpu');
    // Nothing of the model is drawn then.
    expect(ids({ gpuCompositing: 'enabled', renderer })).not.toContain('qoe-software-gpu');
  });
});

describe('the log of a page that was used', () => {
  test('names each round once, as a second one would be no second measurement', () => {
    const parse = (rounds: QoeLog['rounds']) => qoeLogSchema.safeParse({ ...log, rounds });
    expect(parse([roundLog(0, 'none'), roundLog(0, 'main'), roundLog(1, 'none')]).success).toBe(true);
    expect(parse([roundLog(0, 'none'), roundLog(0, 'none')]).success).toBe(false);
  });

  test('of older versions does not say how many rounds were asked for', () => {
    const { roundsAsked: _, conditions: __, renderer: ___, ...older } = log;
    const { roundsAsked, conditions: turned, renderer } = qoeLogSchema.parse({ ...older, rounds: [] });
    expect([roundsAsked, turned, renderer]).toEqual([null, ['none', 'main', 'worker'], null]);
  });
});
