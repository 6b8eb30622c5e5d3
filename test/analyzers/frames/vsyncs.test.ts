import { describe, expect, test } from 'vitest';
import { vsyncsOf } from '../../../analyzers/frames/vsyncs.js';
import { type FrameReport, framesTrace } from './buildFrames.js';

const verdictsOf = (...reports: readonly FrameReport[]) =>
  vsyncsOf(framesTrace(reports), new Set())?.rows.map(({ verdict }) => verdict);

const ALL = 'STATE_PRESENTED_ALL';
const PART = 'STATE_PRESENTED_PARTIAL';
const DROPPED = 'STATE_DROPPED';
const IDLE = 'STATE_NO_UPDATE_DESIRED';

describe('a vsync', () => {
  test('is one row, however many reporters tell of it', () => {
    const { rows } = vsyncsOf(
      framesTrace([
        { sequence: 1, state: PART, kind: 'FORKED', startMs: 0, endMs: 5 },
        { sequence: 1, state: ALL, startMs: 0, endMs: 21 },
      ]),
      new Set(),
    )!;
    expect(rows).toEqual([{ startUs: 0, verdict: 'onTime', shownUs: [5000, 21000], mainAnimation: false }]);
  });

  test('is missed where the compositor’s part was dropped, even if the main thread’s came later', () => {
    expect(
      verdictsOf(
        { sequence: 1, state: DROPPED, kind: 'FORKED', affectsSmoothness: true },
        { sequence: 1, state: ALL, endMs: 40 },
      ),
    ).toEqual(['missed']);
  });

  test('is partial where the compositor moved over what the main thread had not ready', () => {
    expect(verdictsOf({ sequence: 1, state: PART, affectsSmoothness: true })).toEqual(['partial']);
  });

  test('is on time if nobody could notice that a part was not ready', () => {
    expect(verdictsOf({ sequence: 1, state: PART })).toEqual(['onTime']);
  });

  test('is idle where nothing was to change, or what was dropped could not be noticed', () => {
    expect(verdictsOf({ sequence: 1, state: IDLE }, { sequence: 2, state: DROPPED, startMs: 17 })).toEqual(['idle', 'idle']);
  });

  test('is told apart by its source, and by itself where the trace numbers none', () => {
    expect(verdictsOf({ sequence: 1, source: 1, state: ALL }, { sequence: 1, source: 2, state: ALL, startMs: 17 })).toHaveLength(
      2,
    );
    expect(verdictsOf({ sequence: null, state: ALL }, { sequence: null, state: ALL, startMs: 17 })).toHaveLength(2);
  });
});

describe('the vsyncs of a page', () => {
  const moving = (of: Partial<FrameReport>, count: number): FrameReport[] =>
    Array.from({ length: count }, (_, i) => ({ sequence: i, state: ALL, startMs: i * 16, endMs: i * 16 + 2, ...of }));

  test('are of its process alone, whatever moves in others', () => {
    const trace = framesTrace([...moving({ process: 1 }, 3), ...moving({ process: 2 }, 9)]);
    const [one, two] = trace.tables.processes.columns.pid;
    expect(vsyncsOf(trace, new Set([one!]))!.rows).toHaveLength(3);
    expect(vsyncsOf(trace, new Set([two!]))!.rows).toHaveLength(9);
    expect(vsyncsOf(trace, new Set([77]))).toBeNull();
  });

  test('are those of the process, and of the tab in it, in which most moved if none is named', () => {
    const trace = framesTrace([
      ...moving({ process: 1, host: 1 }, 4),
      ...moving({ process: 1, host: 2 }, 7),
      ...moving({ process: 2, state: IDLE }, 20),
    ]);
    expect(vsyncsOf(trace, new Set())!.rows).toHaveLength(7);
  });

  test('come by time with the time between them, whatever pauses lie there', () => {
    const rows = [...moving({}, 4), { sequence: 99, state: ALL, startMs: 900, endMs: 901 }].reverse();
    const { periodUs, rows: found } = vsyncsOf(framesTrace(rows), new Set())!;
    expect(periodUs).toBe(16_000);
    expect(found.map(({ startUs }) => startUs)).toEqual([0, 16_000, 32_000, 48_000, 900_000]);
  });

  test('are null where the trace reports none', () => {
    expect(vsyncsOf(framesTrace([]), new Set())).toBeNull();
  });
});
