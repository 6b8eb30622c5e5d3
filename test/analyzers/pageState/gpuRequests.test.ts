import { describe, expect, test } from 'vitest';
import { analyze } from '../../../analyzers/index.js';
import type { GpuLog, GpuRealm } from '../../../src/bundle/gpuLog.js';
import type { PageManifest } from '../../../src/bundle/pageManifest.js';
import { renderReport } from '../../../src/report/renderReport.js';
import { renderVerbose } from '../../../src/report/terminal/renderVerbose.js';
import { buildPageManifest } from '../../bundle/buildPageManifest.js';
import { RunBuilder } from '../buildRun.js';
import { buildGpuLog } from '../gpu/buildGpuLog.js';

type Asked = NonNullable<GpuRealm['asked']>[number];

const asked = (what: Asked['what'], count: number, refused: number, reason = ''): Asked => ({
  what,
  count,
  refused: reason === '' ? refused : 0,
  failed: reason === '' ? 0 : refused,
  reason,
});
const adapter = (api: 'webgpu' | 'webgl') =>
  ({ api, vendor: '', architecture: '', description: 'a GPU', fallback: null, timing: 'none' }) as const;

const realm = (list: readonly Asked[], apis: readonly ('webgpu' | 'webgl')[] = []): GpuRealm => ({
  ...buildGpuLog({ adapters: apis.map(adapter) }),
  asked: [...list],
});

function page(realms: readonly GpuRealm[], state: PageManifest['state'] = null) {
  const gpu: GpuLog | null = realms.length > 0 ? { schema: 'inferscope.gpu/1', realms: [...realms] } : null;
  return analyze(new RunBuilder().input({ page: buildPageManifest({ state }), gpu }));
}
const notesOf = (analysis: ReturnType<typeof page>) => analysis.notes.filter(({ id }) => /^no-(gpu-|webgpu)/.test(id));

describe('what a page asks for to use the GPU', () => {
  test('and never gets is told, with the sum over its realms, and where to look', () => {
    const analysis = page([realm([asked('adapter', 1, 1)]), realm([asked('adapter', 1, 1)])]);
    expect(analysis.gpuRequests).toEqual([{ ...asked('adapter', 2, 2), used: false }]);
    expect(notesOf(analysis)).toEqual([
      {
        id: 'no-gpu-adapter',
        level: 'warning',
        text: 'The page asked for a WebGPU adapter and got none (2 of 2 times), so nothing of it runs on WebGPU.',
      },
    ]);
    expect(analysis.steps![0]).toMatchObject({ id: 'gpu.denied', who: 'machine' });
    expect(renderVerbose(analysis, { width: 100, color: false })).toMatch(/^GPU +WebGPU adapter refused 2 of 2 times/m);
    expect(renderReport(analysis, '')).toContain('What the page asked for to use the GPU');
    // What only asked did not use the GPU.
    expect(analysis.gpu).toBeNull();
  });

  test('and gets in the end says nothing: another adapter, or WebGL 1 in place of 2', () => {
    for (const one of [
      realm([asked('adapter', 2, 1), asked('device', 1, 0)], ['webgpu']),
      realm([asked('webgl2', 1, 1), asked('webgl', 1, 0)], ['webgl']),
      realm([asked('adapter', 1, 0)]),
    ]) {
      expect(notesOf(page([one]))).toEqual([]);
    }
  });

  test('is told with the browser’s own reason, inert', () => {
    const hostile = 'no \u001b[31m<img src=x onerror=alert(1)>';
    const analysis = page([realm([asked('adapter', 1, 0), asked('device', 1, 1, hostile)])]);
    expect(notesOf(analysis).map(({ id }) => id)).toEqual(['no-gpu-device']);
    expect(renderVerbose(analysis, { width: 100, color: false })).not.toContain('\u001b');
    expect(renderReport(analysis, '')).not.toMatch(/<img|\u001b/);
  });

  test('cannot be asked without navigator.gpu; that a page wanted it, its messages tell', () => {
    const message = { kind: 'error', text: 'WebGPU is not supported', url: '', line: null, count: 1 } as const;
    const state = {
      crossOriginIsolated: false,
      hardwareConcurrency: 2,
      secureContext: false,
      webgpu: false,
      openerPolicy: null,
      embedderPolicy: null,
      messages: [message],
    };
    expect(renderReport(page([], state), '')).toContain('has no navigator.gpu, so it cannot ask');
    expect(notesOf(page([], state))[0]!.text).toMatch(/no secure context\. Serve it over https/);
    expect(notesOf(page([], { ...state, secureContext: true }))[0]!.text).toContain('this browser has none');
    expect(notesOf(page([], { ...state, messages: [] }))).toEqual([]);
    expect(notesOf(page([], { ...state, webgpu: true }))).toEqual([]);
    const { webgpu: _, secureContext: __, ...older } = state;
    expect(notesOf(page([], older))).toEqual([]);
  });
});
