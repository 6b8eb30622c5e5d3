import type { PageManifest } from '../../src/bundle/pageManifest.js';

/** Of a page that was launched and recorded for ten seconds, without a trace or modules. */
export function buildPageManifest(parts: Partial<PageManifest> = {}): PageManifest {
  return {
    schema: 'inferscope.page/1',
    toolVersion: '0',
    id: 'test-page',
    startedAt: '2026-01-01T00:00:00.000Z',
    status: 'complete',
    asked: [],
    reason: null,
    page: {
      url: 'http://127.0.0.1/app',
      title: 'app',
      opened: 'launched',
      fromStart: true,
      mark: null,
      unrecordedMs: [],
      until: 'after 10 s',
      ended: 'after 10 s',
      notes: [],
    },
    recorded: { startUs: 1_000_000, endUs: 11_000_000 },
    machine: null,
    browser: null,
    trace: null,
    modules: [],
    baseline: null,
    realms: null,
    state: null,
    collectors: {},
    ...parts,
  };
}
