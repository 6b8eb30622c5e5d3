import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CpuProfile } from '../../../collectors/cpuProfile/cpuProfile.js';
import { writeSamples } from '../../../collectors/cpuProfile/writeSamples.js';
import { readTraceFile } from '../../../src/bundle/readTraceFile.js';
import { suiteFolder } from '../suiteFolder.js';

const folder = suiteFolder();
const callFrame = { functionName: 'wasm-function[1]', url: 'wasm://wasm/1', lineNumber: 0, columnNumber: 40, scriptId: '1' };
const profile = (startTime: number): CpuProfile => ({
  nodes: [{ id: 1, callFrame, children: [] }],
  startTime,
  endTime: startTime + 30,
  samples: [1, 1, 1],
  timeDeltas: [0, 10, 10],
});

test('samples alone make a trace, with the stretches of a thread together', async () => {
  const path = join(folder(), 'samples.json.gz');
  const profiles = [
    { target: 0, profile: profile(1000) },
    { target: 3, profile: profile(1000) },
    { target: 0, profile: profile(2000) },
  ];
  expect(await writeSamples(path, profiles, [])).toEqual({ threads: 2, samples: 9 });
  const { samples, threads } = (await readTraceFile(path)).tables;
  expect([...samples.columns.atUs].sort()).toEqual([1000, 1000, 1010, 1010, 1020, 1020, 2000, 2010, 2020]);
  const names = Array.from({ length: threads.length }, (_, row) => threads.columns.name.at(row));
  expect(names).toEqual(expect.arrayContaining(['CrRendererMain', 'worker or frame 3']));
});
