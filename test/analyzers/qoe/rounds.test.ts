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
  inferencesMs: condition === 'none' ? [] : [100],
  operations: [],
  scriptedMs: [5],
  animationFrames: 60,
  video: null,
});

const conditions = ['none', 'main', 'worker'] as const;

const PERIOD_MS = 16;
const FRAME = { frame_source: 1, layer_tree_host_id: 1 };

let begun = 100;

/** A page that is used for a second while it infers there, with one frame that was missed. No two begin at the same time. */
function used(condition: QoeCondition, { run = 'r1', ms = 1000, shownAfterMs = [] as readonly number[] } = {}): Trace {
  const built = new RunBuilder();
  const main = built.thread('CrRendererMain');
  const at = ++begun;
  main.measure(`inferscope:${run}:qoe`, at, at + ms);
  const realm = condition === 'worker' ? built.thread() : main;
  if (condition !== 'none') realm.measure(`inferscope:${run}:iteration:0`, at + 100, at + 200);
  for (const [i, after] of shownAfterMs.entries()) {
    const startMs = at + 500 + i * PERIOD_MS;
    main.frame({ ...FRAME, state: 'STATE_PRESENTED_ALL', frame_sequence: 10 + i } as { state: string }, startMs, startMs + after);
  }
  const report = { ...FRAME, state: 'STATE_DROPPED', affects_smoothness: true, has_main_animation: true };
  main.frame({ ...report, frame_sequence: 7 } as { state: string }, at + 400, at + 420);
  return built.trace();
}

const cut = (trace: Trace): Trace => ({ ...trace, reading: { ...trace.reading, cut: { atByte: 9, reason: 'the input ends' } } });

/** A trace of predictions, as that of the trace pass. */
const ofPredictions = (): Trace => {
  const built = new RunBuilder();
  built.thread().measure('inferscope:r1:iteration:0', 200, 300);
  return built.trace();
};

/** What is said where these are the traces of the rounds, or where they cannot be read for a reason. */
function analyzed(traces: readonly (Trace | string)[], changes: Partial<QoeLog> = {}) {
  const rounds = traces.map((_, i) => roundLog(Math.floor(i / 3), conditions[i % 3]!));
  const recorded = traces.map((trace) => (typeof trace === 'string' ? { problem: trace } : { trace, scheduling: null }));
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

const three = (): Trace[] => conditions.map((condition) => used(condition));

describe('rounds of a page that was used', () => {
  test('count where their traces are whole, and the causes of the only vsync of one sum to it', () => {
    const { conditions: read, qoe, ids } = analyzed(three());
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
      used('none', { shownAfterMs: [4, 5, 30, 4, 3] }),
      used('main', { shownAfterMs: [35, 36, 33, 34, 4] }),
      used('worker', { shownAfterMs: [20, 18, 19, 4, 21] }),
    ]);
    expect(qoe!.smoothness.map(({ vsyncsBehind }) => vsyncsBehind)).toEqual([[0], [2], [1]]);
    expect(analyzed([used('none')]).qoe!.smoothness[0]!.vsyncsBehind).toEqual([null]);
  });

  test.each([
    ['missing', () => 'there is no trace of it', 'there is no trace of it'],
    ['no trace', () => 'qoe/0-none/trace.json.gz: Not a trace', 'qoe/0-none/trace.json.gz: Not a trace'],
    ['cut', () => cut(used('none')), 'its trace is cut: the input ends'],
    ['of another run', () => used('none', { run: 'r2' }), 'its trace is of something else'],
    ['of predictions', ofPredictions, 'its trace is of something else'],
    ['of no time', () => used('none', { ms: 0 }), 'its trace is of something else'],
    ['of a round on the main thread', () => used('main'), 'its trace is that of another round'],
    ['of a round in a worker', () => used('worker'), 'its trace is that of another round'],
  ])('do not count where the trace is %s, which is said of the round, and why', (_, broken, why) => {
    const { conditions: read, notes } = analyzed([broken(), used('main'), used('worker'), used('none')]);
    expect(read).toEqual([
      ['none', 1],
      ['main', 1],
      ['worker', 1],
    ]);
    const { text } = notes.find(({ id }) => id === 'qoe-rounds-lost')!;
    expect(text).toContain('Of 4 rounds in which the page was used 3 can be read. Left out: 0-none (');
    expect(text).toContain(why);
  });

  test.each([
    ['without inference', 'none'],
    ['on the main thread', 'main'],
  ] as const)('in a worker do not count where the trace is of a round %s', (_, condition) => {
    const { conditions: read, notes } = analyzed([used('none'), used('main'), used(condition)]);
    expect(read).toEqual([
      ['none', 1],
      ['main', 1],
    ]);
    expect(notes.find(({ id }) => id === 'qoe-rounds-lost')!.text).toContain('0-worker (its trace is that of another round)');
  });

  test('count once where one trace was copied to another round', () => {
    const [none, main, worker] = three();
    const { conditions: read, notes } = analyzed([none!, main!, worker!, used('none'), main!, used('worker')]);
    expect(read).toEqual([
      ['none', 2],
      ['main', 1],
      ['worker', 2],
    ]);
    expect(notes.find(({ id }) => id === 'qoe-rounds-lost')!.text).toContain('1-main (its trace is that of another round)');
  });

  test('are named up to three where many are lost, and the others counted', () => {
    const { notes } = analyzed([...three(), 'a', 'b', 'c', 'd', 'e']);
    expect(notes.find(({ id }) => id === 'qoe-rounds-lost')!.text).toContain(
      'Left out: 1-none (a), 1-main (b), 1-worker (c) and 2 more.',
    );
  });

  test('are unknown where none can be read, and so is what inference adds without one that has none', () => {
    const lost = analyzed(['a', 'b', 'c']);
    expect(lost.qoe).toBeNull();
    expect(lost.ids).toEqual(['no-qoe-rounds']);
    expect(lost.notes[0]!.text).toContain('Left out: 0-none (a), 0-main (b), 0-worker (c).');
    expect(analyzed(['a', used('main'), used('worker')]).ids).toContain('qoe-no-control');
  });

  test('are fewer than were asked for where the run was stopped, which is said', () => {
    expect(analyzed(three(), { roundsAsked: 1 }).ids).not.toContain('qoe-stopped');
    const { notes } = analyzed(three(), { roundsAsked: 5 });
    expect(notes.find(({ id }) => id === 'qoe-stopped')!.text).toContain('after 3 of 15 rounds');
    const four = analyzed(three(), { roundsAsked: 5, conditions: ['none', 'main', 'worker', 'webgl'] });
    expect(four.notes.find(({ id }) => id === 'qoe-stopped')!.text).toContain('after 3 of 20 rounds');
    expect(notes.find(({ id }) => id === 'qoe-few-rounds')!.text).toContain('none: 1, main: 1, worker: 1');
  });
});

describe('a page beside a model on a GPU', () => {
  const renderer = 'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device))';
  const rounds = [used('none'), used('main'), used('webgpu')];
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
