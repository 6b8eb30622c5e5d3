import { expect, test } from 'vitest';
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
