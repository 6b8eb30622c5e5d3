import { describe, expect, test } from 'vitest';
import { inputLatencies, interactions } from '../../../analyzers/responsiveness/inputs.js';
import { RunBuilder } from '../buildRun.js';

const PID = 7;

/** An EventLatency on a lane, with stages of these lengths one after the other, ms. */
function input(
  run: RunBuilder,
  { lane, atMs, stages, shown = true }: { lane: string; atMs: number; stages: Readonly<Record<string, number>>; shown?: boolean },
): void {
  const thread = run.thread('Compositor', PID);
  const event = { cat: 'cc,benchmark,input', id2: { local: lane } };
  const event_latency = { event_type: 'KEY_PRESSED', ...(shown && { surface_frame_trace_id: -5 }) };
  const lengths = Object.values(stages);
  thread.event({ ...event, ph: 'b', name: 'EventLatency', args: { event_latency } }, atMs);
  let fromMs = atMs;
  for (const [name, ms] of Object.entries(stages)) {
    thread.event({ ...event, ph: 'b', name }, fromMs);
    if (name === 'Presentation') {
      thread.event({ ...event, ph: 'b', name: 'Swap' }, fromMs);
      thread.event({ ...event, ph: 'e', name: 'Swap' }, fromMs + ms);
    }
    fromMs += ms;
    thread.event({ ...event, ph: 'e', name }, fromMs);
  }
  thread.event({ ...event, ph: 'e', name: 'EventLatency' }, atMs + lengths.reduce((sum, ms) => sum + ms, 0));
}

describe('the latency of an input', () => {
  test('is the sum of its stages, of which parts of stages are none', () => {
    const run = new RunBuilder();
    input(run, { lane: '0x1', atMs: 10, stages: { ToMain: 4, Processing: 2.5, Presentation: 16 } });
    const [only, ...others] = inputLatencies(run.trace(), PID);
    expect(others).toEqual([]);
    expect(only).toEqual({
      startUs: 10_000,
      durationUs: 22_500,
      type: 'KEY_PRESSED',
      isShown: true,
      stages: [
        { name: 'ToMain', us: 4000 },
        { name: 'Processing', us: 2500 },
        { name: 'Presentation', us: 16_000 },
      ],
    });
  });

  test('is told apart on a lane that is used again, and that of a released key shows nothing', () => {
    const run = new RunBuilder();
    input(run, { lane: '0x1', atMs: 10, stages: { ToMain: 4 } });
    input(run, { lane: '0x1', atMs: 30, stages: { ToMain: 5 }, shown: false });
    const found = inputLatencies(run.trace(), PID);
    expect(found.map(({ durationUs, isShown, stages }) => [durationUs, isShown, stages.map(({ us }) => us)])).toEqual([
      [4000, true, [4000]],
      [5000, false, [5000]],
    ]);
  });

  test('is of the page’s process alone', () => {
    const run = new RunBuilder();
    input(run, { lane: '0x1', atMs: 10, stages: { ToMain: 4 } });
    expect(inputLatencies(run.trace(), PID + 1)).toEqual([]);
  });
});

describe('an interaction', () => {
  const timing = (run: RunBuilder, id: number, startMs: number, parts: readonly [delay: number, work: number, rest: number]) => {
    const [delay, work, rest] = parts;
    const thread = run.thread('CrRendererMain', PID);
    const event = { cat: 'devtools.timeline', name: 'EventTiming', id: `0x${startMs}${id}${parts.join('')}` };
    const data = {
      type: 'keydown',
      interactionId: id,
      timeStamp: startMs,
      processingStart: startMs + delay,
      processingEnd: startMs + delay + work,
    };
    thread.event({ ...event, ph: 'b', args: { data } }, startMs);
    thread.event({ ...event, ph: 'e', args: {} }, startMs + delay + work + rest);
  };

  test('takes as long as its longest event, in three parts', () => {
    const run = new RunBuilder();
    timing(run, 21, 100, [1, 2, 3]);
    timing(run, 21, 110, [5, 8, 20]);
    timing(run, 28, 200, [1, 1, 1]);
    expect(interactions(run.trace(), PID)).toEqual([
      { startUs: 110_000, latencyUs: 33_000, delayUs: 5000, processingUs: 8000, presentationUs: 20_000, stages: null },
      { startUs: 200_000, latencyUs: 3000, delayUs: 1000, processingUs: 1000, presentationUs: 1000, stages: null },
    ]);
  });

  test('has the handlers of all its events that one frame shows: a click is the last of several', () => {
    const run = new RunBuilder();
    timing(run, 21, 100, [1, 1, 48]);
    timing(run, 21, 100, [3, 40, 7]);
    expect(interactions(run.trace(), PID)).toEqual([
      { startUs: 100_000, latencyUs: 50_000, delayUs: 1000, processingUs: 42_000, presentationUs: 7000, stages: null },
    ]);
  });

  test('has the stages of the input that it began with, in the groups that people are told, which sum to it', () => {
    const run = new RunBuilder();
    timing(run, 21, 100, [7, 3, 30]);
    const stages = {
      GenerationToBrowserMain: 0.5,
      BrowserMainToRendererCompositor: 1.5,
      RendererCompositorToMain: 5,
      RendererMainProcessing: 3,
      RendererMainFinishedToBeginImplFrame: 4,
      SendBeginMainFrameToCommit: 6,
      Commit: 1,
      EndCommitToActivation: 2,
      EndActivateToSubmitCompositorFrame: 1,
      SubmitCompositorFrameToPresentationCompositorFrame: 15,
      NewInTheNextVersion: 1,
    };
    input(run, { lane: '0x1', atMs: 100, stages });
    // Another input, and one that changed nothing.
    input(run, { lane: '0x2', atMs: 90, stages: { RendererMainProcessing: 50 } });
    input(run, { lane: '0x3', atMs: 100, stages: { RendererMainProcessing: 40 }, shown: false });
    const [only] = interactions(run.trace(), PID);
    expect(only!.stages).toEqual({
      browser: 2000,
      delay: 5000,
      processing: 3000,
      rendering: 11_000,
      compositor: 3000,
      display: 15_000,
      other: 1000,
    });
    expect(Object.values(only!.stages!).reduce((sum, us) => sum + us, 0)).toBe(only!.latencyUs);
  });

  test('is none without an id: a pointer that moves over the page', () => {
    const run = new RunBuilder();
    timing(run, 0, 100, [1, 2, 3]);
    expect(interactions(run.trace(), PID)).toEqual([]);
  });
});
