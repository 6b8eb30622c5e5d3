import { describe, expect, test } from 'vitest';
import type { FrameCounts, FramesIn } from '../../../analyzers/frames/frames.js';
import { view } from '../../../analyzers/frames/view.js';

const none: FramesIn = { vsyncs: 0, onTime: 0, partial: 0, missed: 0, idle: 0, longestGapMs: null, p95GapMs: null };
const smooth: FramesIn = { ...none, vsyncs: 60, onTime: 60, longestGapMs: 17, p95GapMs: 17 };
const janky: FramesIn = { ...none, vsyncs: 60, onTime: 15, missed: 45, longestGapMs: 83, p95GapMs: 50 };

const counts = (during: FramesIn, outside: FramesIn): FrameCounts => ({ during, outside, periodMs: 16.7 });
const sentence = (during: FramesIn, outside: FramesIn): string =>
  JSON.stringify(view.blocks({ frames: counts(during, outside) })[0]);

describe('the section on frames', () => {
  test('says that nothing moved, and not that it was smooth', () => {
    const idle = { ...none, vsyncs: 99, idle: 99 };
    expect(sentence(idle, none)).toContain('Nothing moved on the page');
    expect(sentence(none, { ...none, vsyncs: 3, onTime: 3 })).toContain('Hardly anything moved on the page (3 frames)');
    expect(view.brief({ frames: counts(idle, smooth) })).toEqual([]);
    expect(sentence(idle, smooth)).toContain('Nothing moved during inferences. Outside of them 100 % of 60 vsyncs were smooth');
  });

  test('compares inferences with the time outside of them', () => {
    expect(sentence(janky, smooth)).toContain(
      'During inferences 25.0 % of 60 vsyncs were smooth, at most 83.0 ms between two frames',
    );
    expect(view.brief({ frames: counts(janky, smooth) })[0]!.text).toBe(
      '25.0 % of vsyncs smooth during inferences, at most 83.0 ms apart; 100 % otherwise',
    );
  });

  test('is empty where the trace reports no frames', () => {
    expect(view.blocks({ frames: null })).toEqual([]);
  });
});
