import { expect, test } from 'vitest';
import { threadsOfProfiles } from '../../../collectors/cpuProfile/threadsOfProfiles.js';
import { buildProfile, frame } from './buildProfile.js';

const profile = (target: number, startUs: number, lengthUs = 1000) => ({
  target,
  profile: buildProfile(startUs, [frame('(root)')], [0], [lengthUs]),
});

test('takes the nearest beginning on the trace, however close the threads began together', () => {
  const profiles = [profile(0, 1000), profile(1, 1010), profile(2, 990)];
  const starts = [
    { thread: 7, atUs: 1011 },
    { thread: 8, atUs: 1003 },
    { thread: 9, atUs: 1030 },
  ];
  expect(threadsOfProfiles(profiles, starts)).toEqual([8, 7, 9]);
});

test('knows a stretch whose beginning the trace has lost by the other stretches of its target, if they are of one thread', () => {
  const profiles = [profile(0, 1000), profile(0, 200_000), profile(1, 1000), profile(1, 200_500), profile(1, 400_000)];
  const starts = [
    { thread: 3, atUs: 200_002 },
    { thread: 4, atUs: 200_503 },
    { thread: 5, atUs: 400_001 },
  ];
  expect(threadsOfProfiles(profiles, starts)).toEqual([3, 3, undefined, 4, 5]);
});

test('gives a thread that two targets share to one of them', () => {
  const profiles = [profile(0, 1000), profile(1, 1100)];
  const starts = [
    { thread: 3, atUs: 1001 },
    { thread: 3, atUs: 1101 },
  ];
  expect(threadsOfProfiles(profiles, starts)).toEqual([3, undefined]);
});

test('does not guess for a profile that began when no thread did', () => {
  expect(threadsOfProfiles([profile(0, 1000)], [{ thread: 3, atUs: 900 }])).toEqual([undefined]);
});

test('never takes a worker for a page, or a page for a worker', () => {
  const page = [
    { ...profile(0, 1000), isMain: true },
    { ...profile(0, 200_000), isMain: true },
  ];
  const starts = [
    { thread: 4, atUs: 1003, isMain: false },
    { thread: 3, atUs: 200_002, isMain: true },
  ];
  expect(threadsOfProfiles(page, starts)).toEqual([3, 3]);
  expect(threadsOfProfiles([{ ...profile(1, 1000), isMain: false }], [{ thread: 3, atUs: 1001, isMain: true }])).toEqual([
    undefined,
  ]);
});

test('takes a thread whose name does not tell for a page’s as for a worker’s', () => {
  const one = [{ ...profile(0, 1000), isMain: true }];
  expect(threadsOfProfiles(one, [{ thread: 3, atUs: 1001, isMain: null }])).toEqual([3]);
});

test('takes a beginning that lies far behind on a machine that is overrun, if there is no other', () => {
  const far = 60_000;
  expect(threadsOfProfiles([profile(0, 1000)], [{ thread: 3, atUs: 1000 + far }])).toEqual([3]);
  const two = [profile(0, 1000), profile(1, 1500)];
  const starts = [
    { thread: 3, atUs: 1000 + far },
    { thread: 4, atUs: 1002 },
  ];
  expect(threadsOfProfiles(two, starts)).toEqual([4, 3]);
  const unclear = [
    { thread: 3, atUs: 1000 + far },
    { thread: 4, atUs: 1400 + far },
  ];
  expect(threadsOfProfiles(two, unclear)).toEqual([undefined, undefined]);
});
