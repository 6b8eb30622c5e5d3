import { afterEach, describe, expect, test, vi } from 'vitest';
import { profileThreads, samplingIntervalUs } from '../../../collectors/cpuProfile/profileThreads.js';
import { threadsOfProfiles } from '../../../collectors/cpuProfile/threadsOfProfiles.js';
import type { ProtocolSession } from '../../../collectors/protocolSession.js';
import { buildProfile, frame } from './buildProfile.js';

/** A page that begins to sample at these moments, one after the other; it hands in nothing if there are none. */
function fakePage(...startsUs: readonly number[]) {
  const sent: string[] = [];
  let stops = 0;
  const session: ProtocolSession = {
    async send(method) {
      if (method.startsWith('Profiler.')) sent.push(method.slice('Profiler.'.length));
      if (method !== 'Profiler.stop') return {};
      const startUs = startsUs[stops++];
      if (startUs === undefined) throw new Error('not now');
      return { profile: buildProfile(startUs, [frame('(root)')], [0], [10]) };
    },
    on: () => {},
  };
  return { session, sent };
}

test('a page of which the trace has the beginning of no stretch but the last is known by that one', async () => {
  const { session, sent } = fakePage(1000, 9000);
  const profiler = await profileThreads(session, 1000);
  const { profiles, lost } = await profiler.stop();
  expect(sent).toEqual(['enable', 'setSamplingInterval', 'start', 'stop', 'start', 'stop']);
  expect(lost).toEqual([]);
  expect(threadsOfProfiles(profiles, [{ thread: 3, atUs: 9005 }])).toEqual([3, 3]);
});

test('whoever hands in nothing is not asked again, and is told once', async () => {
  const { session, sent } = fakePage();
  const profiler = await profileThreads(session, 1000);
  expect(await profiler.stop()).toEqual({ profiles: [], lost: ['not now'] });
  expect(sent.filter((method) => method === 'stop')).toHaveLength(1);
});

test('samples a short prediction as often as is cheap, and a long one two hundred times, but never further apart than 10 ms', () => {
  expect([0, 30, 400, 1000, 2000, 60_000].map(samplingIntervalUs)).toEqual([2000, 2000, 2000, 5000, 10_000, 10_000]);
});

describe('threads that hand in late, or never', () => {
  afterEach(() => void vi.useRealTimers());

  /** A page with a worker: each stop of either is answered after so long; null: never. The browser answers after `browserMs`. */
  function slowPage(
    stopMs: { readonly page: readonly (number | null)[]; readonly worker: readonly (number | null)[] },
    browserMs = 1,
  ) {
    const listeners = new Map<string, (params: unknown) => void>();
    const stops = { page: 0, worker: 0 };
    const answer = (who: 'page' | 'worker', method: string, done: (result: unknown) => void): void => {
      if (method !== 'Profiler.stop') {
        done({});
        return;
      }
      const index = stops[who]++;
      const ms = stopMs[who][index] ?? null;
      const startUs = (who === 'page' ? 1000 : 5000) + index;
      if (ms !== null) setTimeout(() => done({ profile: buildProfile(startUs, [frame('(root)')], [0], [10]) }), ms);
    };
    const session: ProtocolSession = {
      on: (event, listener) => listeners.set(event, listener),
      send: (method, params) =>
        new Promise((resolve) => {
          if (method === 'Browser.getVersion') setTimeout(resolve, browserMs);
          else if (method === 'Target.setAutoAttach') {
            listeners.get('Target.attachedToTarget')!({ sessionId: 'w', targetInfo: { type: 'worker' } });
            resolve({});
          } else if (method === 'Target.sendMessageToTarget') {
            const { id, method: asked } = JSON.parse((params as { message: string }).message);
            resolve({});
            answer('worker', asked, (result) =>
              listeners.get('Target.receivedMessageFromTarget')!({ sessionId: 'w', message: JSON.stringify({ id, result }) }),
            );
          } else answer('page', method, resolve);
        }),
    };
    return { session, stops };
  }
  async function profiling(session: ProtocolSession) {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    return profileThreads(session, 1000);
  }
  const startsOf = (profiles: readonly { profile: { startTime: number } }[]) => profiles.map(({ profile }) => profile.startTime);

  test('samples that come after their stretch come with the next, and nothing is told lost', async () => {
    const { session } = slowPage({ page: [10, 10], worker: [20_000, 10] });
    const profiler = await profiling(session);
    const first = profiler.turn();
    await vi.advanceTimersByTimeAsync(6000);
    const { profiles, lost } = await first;
    expect([startsOf(profiles), lost]).toEqual([[1000], []]);
    await vi.advanceTimersByTimeAsync(20_000);
    const second = profiler.turn();
    await vi.advanceTimersByTimeAsync(100);
    expect(await second.then((one) => [startsOf(one.profiles), one.lost])).toEqual([[5000, 5001, 1001], []]);
  });

  test('at the end a thread is waited for while others still hand in', async () => {
    const { session } = slowPage({ page: [14_000, 10], worker: [27_000, 10] });
    const profiler = await profiling(session);
    const stopped = profiler.stop();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await stopped.then(({ profiles, lost }) => [startsOf(profiles), lost])).toEqual([[5000, 1000, 5001, 1001], []]);
  });

  test('at the end all are waited for while the browser itself is slow', async () => {
    const { session } = slowPage({ page: [60_000, 10], worker: [60_000, 10] }, 10_000);
    const profiler = await profiling(session);
    const stopped = profiler.stop();
    await vi.advanceTimersByTimeAsync(62_000);
    expect(await stopped.then(({ lost }) => lost)).toEqual([]);
  });

  test('one that answers nothing while the others have answered does not hold the end up, and is told once', async () => {
    const { session, stops } = slowPage({ page: [10, 10], worker: [] });
    const profiler = await profiling(session);
    const stopped = profiler.stop();
    await vi.advanceTimersByTimeAsync(18_000);
    expect(await stopped.then(({ profiles, lost }) => [startsOf(profiles), lost])).toEqual([
      [1000, 1001],
      ['the samples of a thread: no sign of life for 15 s, while the browser answered'],
    ]);
    expect(stops.worker).toBe(1);
  });
});
