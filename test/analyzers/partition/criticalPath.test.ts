import { describe, expect, test } from 'vitest';
import type { Activity } from '../../../analyzers/activity/callStacks.js';
import type { GpuTimeline } from '../../../analyzers/activity/gpu/timeline.js';
import { type Span, totalUs } from '../../../analyzers/activity/spans.js';
import type { ThreadSpans } from '../../../analyzers/activity/threadSpans.js';
import { criticalPath } from '../../../analyzers/partition/criticalPath.js';
import { random } from '../../../src/stats/random.js';

const activities: readonly Activity[] = [
  'isa.simd128',
  'isa.scalar',
  'contention.workers',
  'runtime.gc',
  'idle',
  'idle',
  'unattributed',
];

function anyThread(next: () => number): ThreadSpans {
  const activity: Span<Activity>[] = [];
  const tasks: ThreadSpans['tasks'][number][] = [];
  for (let at = 0; at < 1000; ) {
    const startUs = at + (next() < 0.5 ? 0 : next() * 20);
    at = startUs + 0.1 + next() * 40;
    activity.push({ startUs, endUs: at, value: activities[Math.floor(next() * activities.length)]! });
  }
  for (let at = 0; at < 1000; ) {
    const startUs = at + next() * 20;
    at = startUs + 0.1 + next() * 80;
    tasks.push({ startUs, endUs: at, value: { row: tasks.length, durationUs: at - startUs, cpuUs: Number.NaN } });
  }
  return { activity, tasks, causes: [], waits: [], silent: [], isSampled: true, endedBy: () => null };
}

describe('the critical path', () => {
  test.each(Array.from({ length: 20 }, (_, i) => i + 1))('covers the window exactly, by causes only (seed %i)', (seed) => {
    const next = random(seed);
    const [owner, ...others] = Array.from({ length: 1 + Math.floor(next() * 4) }, () => anyThread(next));
    const pageTasks = new Set([1, 3, 4]);
    const startUs = next() * 900 - 50;
    const endUs = startUs + next() * 300;
    const path = criticalPath(
      { startUs, endUs },
      { owner: owner!, others, pageTasks, gpu: null, turns: [], deviceTurns: [], isGpuHidden: false, waitedFor: () => null },
    );
    expect(path[0]!.startUs).toBe(startUs);
    expect(path.at(-1)!.endUs).toBe(endUs);
    for (let i = 1; i < path.length; i++) expect(path[i]!.startUs).toBe(path[i - 1]!.endUs);
    expect(totalUs(path)).toBeCloseTo(endUs - startUs, 9);
    expect(path.map(({ value }) => value)).not.toContain('idle');
  });

  test('is unattributed where nothing is known of the owner', () => {
    const owner: ThreadSpans = {
      activity: [],
      tasks: [],
      causes: [],
      waits: [],
      silent: [],
      isSampled: false,
      endedBy: () => null,
    };
    const path = criticalPath(
      { startUs: 5, endUs: 9 },
      {
        owner,
        others: [],
        pageTasks: new Set(),
        gpu: null,
        turns: [],
        deviceTurns: [],
        isGpuHidden: false,
        waitedFor: () => null,
      },
    );
    expect(path).toEqual([{ startUs: 5, endUs: 9, value: 'unattributed' }]);
  });

  test('goes through the GPU while that works and the owner runs native code of no kind, as between two polls', () => {
    const owner: ThreadSpans = {
      activity: [
        { startUs: 0, endUs: 10, value: 'unattributed' },
        { startUs: 10, endUs: 14, value: 'runtime.glue' },
        { startUs: 14, endUs: 30, value: 'unattributed' },
      ],
      tasks: [],
      causes: [],
      waits: [],
      silent: [],
      isSampled: true,
      endedBy: () => null,
    };
    const gpu = { spans: [{ startUs: 4, endUs: 20, value: 'gpu.execute' }], isDeviceTimed: true } as unknown as GpuTimeline;
    const path = criticalPath(
      { startUs: 0, endUs: 30 },
      { owner, others: [], pageTasks: new Set(), gpu, turns: [], deviceTurns: [], isGpuHidden: false, waitedFor: () => null },
    );
    expect(path.map(({ startUs, value }) => [startUs, value])).toEqual([
      [0, 'unattributed'],
      [4, 'gpu.execute'],
      [10, 'runtime.glue'],
      [14, 'gpu.execute'],
      [20, 'unattributed'],
    ]);
  });
});
