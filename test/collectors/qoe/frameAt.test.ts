import fc from 'fast-check';
import { expect, test } from 'vitest';
import { frameAt, lengthMs } from '../../../collectors/qoe/page/frameAt.js';

test('at a constant rate the frame is the time of the media times the frames a second, though a file has whole milliseconds', () => {
  const timesMs = Array.from({ length: 90 }, (_, frame) => Math.round((frame * 1000) / 30));
  for (let frame = 0; frame < 90; frame++) expect(frameAt(timesMs, (frame * 1000) / 30)).toBe(frame);
});

test('a frame is as long as until the next one, and the last one as the one before', () => {
  expect([0, 1, 2].map((frame) => lengthMs([0, 40, 100], frame))).toEqual([40, 60, 60]);
  expect(lengthMs([0], 0)).toBeGreaterThan(0);
});

test('none is due between two frames, before the first or after the last', () => {
  const timesMs = [100, 140, 200];
  for (const ms of [0, 85, 115, 120, 170, 216, 1000, Number.NaN]) expect([ms, frameAt(timesMs, ms)]).toEqual([ms, null]);
  expect(frameAt([], 0)).toBeNull();
});

test('whatever the rate, near to when a frame is due it is that one', () => {
  const steps = fc.array(fc.double({ min: 1, max: 500, noNaN: true }), { minLength: 2, maxLength: 60 });
  fc.assert(
    fc.property(steps, fc.nat(), fc.double({ min: -0.2, max: 0.2, noNaN: true }), (lengths, place, off) => {
      let ms = 0;
      const timesMs = lengths.map((length) => {
        ms += length;
        return ms;
      });
      const frame = place % timesMs.length;
      // As near as a part of the shorter of the two frames that meet there.
      const near = Math.min(lengthMs(timesMs, frame), frame > 0 ? lengthMs(timesMs, frame - 1) : Number.POSITIVE_INFINITY);
      expect(frameAt(timesMs, timesMs[frame]! + off * near)).toBe(frame);
    }),
  );
});
