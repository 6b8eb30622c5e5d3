import { expect, test } from 'vitest';
import type { CpuProfile } from '../../../collectors/cpuProfile/cpuProfile.js';
import { sampledModules } from '../../../collectors/page/keepFetchedModules.js';

const frame = (functionName: string, url: string, columnNumber: number): CpuProfile['nodes'][number]['callFrame'] => ({
  functionName,
  url,
  columnNumber,
  lineNumber: 0,
  scriptId: '1',
});
const profile = (frames: CpuProfile['nodes'][number]['callFrame'][]): { target: number; profile: CpuProfile } => ({
  target: 0,
  profile: {
    nodes: frames.map((callFrame, id) => ({ id, callFrame, children: [] })),
    startTime: 0,
    endTime: 1,
    samples: [],
    timeDeltas: [],
  },
});

test('functions of Wasm are told from scripts, by module, each once', () => {
  const modules = sampledModules([
    profile([
      frame('wasm-function[7]', 'http://a.test/m.wasm', 700),
      frame('infer', 'http://a.test/main.js', 3),
      frame('(idle)', '', -1),
    ]),
    profile([frame('wasm-function[7]', 'http://a.test/m.wasm', 700), frame('named', 'wasm://wasm/1a2b3c4d', 90)]),
  ]);
  expect([...modules]).toEqual([
    ['http://a.test/m.wasm', [{ index: 7, byteOffset: 700 }]],
    ['wasm://wasm/1a2b3c4d', [{ index: null, byteOffset: 90 }]],
  ]);
});
