import { expect, test } from 'vitest';
import { nearestFrame } from '../../../analyzers/activity/nearestFrame.js';
import { event, readEvents } from '../../trace/buildTrace.js';

/** A call stack of so many frames; the first and the one in the middle are of a script. */
function chain(depth: number) {
  const nodes = Array.from({ length: depth }, (_, i) => ({
    id: i + 1,
    ...(i > 0 && { parent: i }),
    callFrame: { functionName: `f${i}`, url: i === 0 || i === depth / 2 ? 'http://a/x.js' : '' },
  }));
  return readEvents(event.profile(0), event.chunk(1, { nodes, samples: [] }, []));
}

test('is the innermost that passes, the frame itself included, or none', () => {
  const trace = chain(10);
  const { url, function: name } = trace.tables.callFrames.columns;
  const script = nearestFrame(trace, (frame) => url.at(frame) !== '');
  expect(Array.from({ length: 10 }, (_, frame) => script(frame))).toEqual([0, 0, 0, 0, 0, 5, 5, 5, 5, 5]);
  expect(script(-1)).toBe(-1);
  const none = nearestFrame(trace, (frame) => name.at(frame) === 'f4');
  expect([9, 4, 3, 0, 3].map(none)).toEqual([4, 4, -1, -1, -1]);
});

test('each frame is tested once, however deep the call stacks are and in whatever order they are asked for', () => {
  const depth = 20_000;
  const trace = chain(depth);
  for (const order of [(i: number) => i, (i: number) => depth - 1 - i]) {
    let tests = 0;
    const nearest = nearestFrame(trace, () => {
      tests++;
      return false;
    });
    for (let i = 0; i < depth; i++) expect(nearest(order(i))).toBe(-1);
    expect(tests).toBe(depth);
  }
});
