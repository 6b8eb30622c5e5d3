import { expect, test } from 'vitest';
import type { ThreadProfile } from '../../../collectors/cpuProfile/threadsOfProfiles.js';
import { callingScripts, rolesOfExports } from '../../../collectors/page/rolesOfExports.js';
import type { ProtocolSession } from '../../../collectors/protocolSession.js';

const GLUE = 'https://page.example/ort-wasm.mjs';

function profile(): ThreadProfile {
  const node = (id: number, functionName: string, url: string, children: number[]) => ({
    id,
    callFrame: { functionName, scriptId: '0', url, lineNumber: 0, columnNumber: 0 },
    children,
  });
  const nodes = [
    node(1, '(root)', '', [2, 6]),
    node(2, 'main', 'https://page.example/app.js', [3]),
    node(3, 'run', GLUE, [4]),
    node(4, 'js-to-wasm:i:i', '', [5]),
    node(5, 'wasm-function[7]', 'wasm://wasm/1234', []),
    node(6, 'draw', 'https://page.example/other.js', []),
  ];
  return { target: 0, profile: { nodes, startTime: 0, endTime: 1, samples: [], timeDeltas: [] } };
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

test('their sources say what an export is for; without them nothing is known', async () => {
  const source = 'h._OrtCreateSession=c.bb;h._OrtRun=c.sb;';
  expect([...(await rolesOfExports(pageWith({ [GLUE]: source }), [profile()]))]).toEqual([
    ['bb', 'create'],
    ['sb', 'run'],
  ]);
  expect((await rolesOfExports(pageWith({}), [profile()])).size).toBe(0);
});
