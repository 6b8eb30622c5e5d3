import { expect, test } from 'vitest';
import { rowsOf } from '../../table/rowsOf.js';
import { type EventFields, event, readEvents } from '../buildTrace.js';

/** Of a report that tells only what became of the frame. */
const untold = {
  host: Number.NaN,
  source: Number.NaN,
  sequence: Number.NaN,
  kind: '',
  mainAnimation: 0,
  compositorAnimation: 0,
  surfaceTraceId: '',
};
const reporter = (ph: string, ts: number, id: string, args: EventFields = {}) => {
  return event.async(ph, 'PipelineReporter', ts, undefined, { id2: { local: id }, cat: 'cc', args });
};

test('a frame is a PipelineReporter slice, with what its begin reports', () => {
  const { tables } = readEvents(
    reporter('b', 100, '0x1', { frame_reporter: { affects_smoothness: true, state: 'STATE_DROPPED' } }),
    reporter('e', 116, '0x1'),
  );
  expect(rowsOf(tables.frames)).toEqual([
    { ...untold, pid: 1, startUs: 100, durationUs: 16, state: 'STATE_DROPPED', affectsSmoothness: 1 },
  ]);
});

test('says of which vsync and layer tree it is, which part, and what moved', () => {
  const { tables } = readEvents(
    reporter('b', 100, '0x1', {
      frame_reporter: {
        affects_smoothness: false,
        frame_sequence: 72,
        frame_source: 4294967298,
        frame_type: 'FORKED',
        has_compositor_animation: true,
        has_main_animation: false,
        layer_tree_host_id: 3,
        state: 'STATE_PRESENTED_PARTIAL',
        surface_frame_trace_id: -5941548396347089000,
      },
    }),
    reporter('e', 116, '0x1'),
  );
  expect(rowsOf(tables.frames)).toEqual([
    {
      pid: 1,
      host: 3,
      source: 4294967298,
      sequence: 72,
      kind: 'FORKED',
      startUs: 100,
      durationUs: 16,
      state: 'STATE_PRESENTED_PARTIAL',
      affectsSmoothness: 0,
      mainAnimation: 0,
      compositorAnimation: 1,
      surfaceTraceId: '-5941548396347089000',
    },
  ]);
});

test('the report may stand in the end, and under its older name', () => {
  const { tables } = readEvents(
    reporter('b', 100, '0x1'),
    reporter('e', 116, '0x1', { chrome_frame_reporter: { state: 'STATE_PRESENTED_ALL', affects_smoothness: false } }),
  );
  expect(rowsOf(tables.frames)).toEqual([
    { ...untold, pid: 1, startUs: 100, durationUs: 16, state: 'STATE_PRESENTED_ALL', affectsSmoothness: 0 },
  ]);
});

test('of two reports that of the end counts, in whatever order they are read', () => {
  const events = [
    reporter('b', 100, '0x1', { frame_reporter: { state: 'STATE_NO_UPDATE_DESIRED' } }),
    reporter('e', 116, '0x1', { frame_reporter: { state: 'STATE_DROPPED' } }),
  ];
  for (const order of [events, events.toReversed()]) {
    const states = rowsOf(readEvents(...order).tables.frames).map(({ state }) => state);
    expect(states).toEqual(['STATE_DROPPED']);
  }
});

test('a frame without a report has an empty state, one without an end is none', () => {
  const { tables } = readEvents(
    reporter('b', 0, '0x1'),
    reporter('e', 5, '0x1'),
    reporter('b', 9, '0x2', { frame_reporter: { state: 'STATE_DROPPED' } }),
  );
  expect(rowsOf(tables.frames)).toEqual([{ ...untold, pid: 1, startUs: 0, durationUs: 5, state: '', affectsSmoothness: 0 }]);
});
