import { expect, test } from 'vitest';
import type { ThreadProfile } from '../../../collectors/cpuProfile/threadsOfProfiles.js';
import { callingScripts, rolesOfExports } from '../../../collectors/page/rolesOfExports.js';
import type { ProtocolSession } from '../../../collectors/protocolSession.js';

const GLUE = 'https://page.example/ort-wasm.mjs';

const node = (id: number, functionName: string, url: string, children: number[]) => ({
  id,
  callFrame: { functionName, scriptId: '0', url, lineNumber: 0, columnNumber: 0 },
  children,
});

const profileOf = (nodes: ReturnType<typeof node>[]): ThreadProfile => ({
  target: 0,
  profile: { nodes, startTime: 0, endTime: 1, samples: [], timeDeltas: [] },
});

function profile(): ThreadProfile {
  const nodes = [
    node(1, '(root)', '', [2, 6]),
    node(2, 'main', 'https://page.example/app.js', [3]),
    node(3, 'run', GLUE, [4]),
    node(4, 'js-to-wasm:i:i', '', [5]),
    node(5, 'wasm-function[7]', 'wasm://wasm/1234', []),
    node(6, 'draw', 'https://page.example/other.js', []),
  ];
  return profileOf(nodes);
}

/** A page that holds the sources of its scripts. */
function pageWith(sources: Readonly<Record<string, string>>): ProtocolSession {
  return {
    on: () => {},
    async send(method, params) {
      const { url } = (params ?? {}) as { url?: string };
      const resources = Object.keys(sources).map((each) => ({ url: each }));
      if (method === 'Page.getResourceTree') return { frameTree: { frame: { id: 'f' }, resources } };
      if (method === 'Page.getResourceContent') return { content: sources[url!] ?? '', base64Encoded: false };
      return { resource: { success: false, httpStatusCode: 404 } };
    },
  };
}

test('the scripts that call Wasm are those right above it', () => {
  expect([...callingScripts([profile()])]).toEqual([GLUE]);
});

test('an adapter is no script, though V8 gives it the address of a module that was streamed', () => {
  const module = 'https://page.example/ort.wasm';
  const nodes = [node(1, 'run', GLUE, [2]), node(2, 'js-to-wasm:i:i', module, [3]), node(3, 'wasm-function[7]', module, [])];
  expect([...callingScripts([profileOf(nodes)])]).toEqual([GLUE]);
});

test('they are found above a call stack of any depth, and in one that goes round in a circle', () => {
  const depth = 100_000;
  const between = Array.from({ length: depth }, (_, i) => node(i + 2, 'apply', '', [i + 3]));
  const deep = [node(1, 'run', GLUE, [2]), ...between, node(depth + 2, 'wasm-function[7]', 'wasm://wasm/1234', [])];
  expect([...callingScripts([profileOf(deep)])]).toEqual([GLUE]);
  const circle = [node(1, 'apply', '', [2, 3]), node(2, 'apply', '', [1]), node(3, 'wasm-function[7]', 'wasm://wasm/1234', [])];
  expect([...callingScripts([profileOf(circle)])]).toEqual([]);
});

test('their sources say what an export is for; without them nothing is known', async () => {
  const source = 'h._OrtCreateSession=c.bb;h._OrtRun=c.sb;';
  expect([...(await rolesOfExports(pageWith({ [GLUE]: source }), [profile()]))]).toEqual([
    ['bb', 'create'],
    ['sb', 'run'],
  ]);
  expect((await rolesOfExports(pageWith({}), [profile()])).size).toBe(0);
});
