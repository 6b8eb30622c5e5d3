import { describe, expect, test } from 'vitest';
import { countFrames } from '../../../analyzers/frames/frames.js';
import type { Verdict, Vsync } from '../../../analyzers/frames/vsyncs.js';

const PERIOD_MS = 10;
const letters: Readonly<Record<string, Verdict>> = { t: 'onTime', p: 'partial', m: 'missed', i: 'idle' };

/** Vsyncs as letters (on Time, Partial, Missed, Idle; a space: the page asked for none), shown 1 ms after they began. */
function vsyncs(verdicts: string) {
  const rows = [...verdicts].flatMap((letter, i): Vsync[] => {
    const verdict = letters[letter];
    if (!verdict) return [];
    const startUs = i * PERIOD_MS * 1000;
    const isShown = verdict === 'onTime' || verdict === 'partial';
    return [{ startUs, verdict, shownUs: isShown ? [startUs + 1000] : [], mainAnimation: true }];
  });
  return { rows, periodUs: PERIOD_MS * 1000 };
}
const window = (startMs: number, endMs: number) => ({ thread: 0, startUs: startMs * 1000, endUs: endMs * 1000, offCpuUs: NaN });
const none = { vsyncs: 0, onTime: 0, partial: 0, missed: 0, idle: 0, longestGapMs: null, p95GapMs: null };

describe('frames', () => {
  test('are told apart by whether any part of their vsync is in a window', () => {
    const { during, outside } = countFrames(vsyncs('tmpit'), [window(15, 31)]);
    expect(during).toMatchObject({ vsyncs: 3, onTime: 0, missed: 1, partial: 1, idle: 1 });
    expect(outside).toMatchObject({ vsyncs: 2, onTime: 2, missed: 0, partial: 0, idle: 0 });
  });

  test('are counted once where windows of two threads overlap, in any order', () => {
    expect(countFrames(vsyncs('mm'), [window(5, 12), window(0, 9)])).toMatchObject({
      during: { vsyncs: 2, missed: 2 },
      outside: none,
    });
  });

  test('have a gap from each that is shown to the next, counted where any part of it is in a window', () => {
    const { during, outside } = countFrames(vsyncs('ttmmmtt'), [window(20, 45)]);
    expect(during).toMatchObject({ longestGapMs: 40, p95GapMs: 40 });
    expect(outside).toMatchObject({ longestGapMs: 10, p95GapMs: 10 });
  });

  test('have no gap where nothing was to change in between', () => {
    expect(countFrames(vsyncs('tiiit'), []).outside.longestGapMs).toBeNull();
    expect(countFrames(vsyncs('tt     tt'), []).outside.longestGapMs).toBe(10);
  });

  test('have none where nothing moves', () => {
    expect(countFrames(vsyncs('iii'), []).outside).toEqual({ ...none, vsyncs: 3, idle: 3 });
  });
});
