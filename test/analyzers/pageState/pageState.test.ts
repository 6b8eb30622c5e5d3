import { describe, expect, test } from 'vitest';
import { analyze } from '../../../analyzers/index.js';
import type { PageManifest } from '../../../src/bundle/pageManifest.js';
import { buildPageManifest } from '../../bundle/buildPageManifest.js';
import { RunBuilder } from '../buildRun.js';

type Document = NonNullable<PageManifest['state']>;

const ASKED =
  'env.wasm.numThreads is set to 4, but this will not work unless you enable crossOriginIsolated mode. See https://web.dev/cross-origin-isolation-guide/ for more info.';

function analyzed(parts: Partial<Document>) {
  const state: Document = {
    crossOriginIsolated: false,
    hardwareConcurrency: 8,
    openerPolicy: null,
    embedderPolicy: null,
    messages: [],
    ...parts,
  };
  return analyze(new RunBuilder().input({ page: buildPageManifest({ state }) }));
}

const warned = { kind: 'warning', text: ASKED, url: 'http://127.0.0.1/ort.mjs', line: 6, count: 1 } as const;

describe('the state of a page', () => {
  test('names the headers that keep it from the threads that it asked for, first of all steps', () => {
    const analysis = analyzed({ messages: [warned] });
    expect(analysis.pageState!.threads).toEqual({ asked: 4, got: 1 });
    expect(analysis.notes).toContainEqual({
      id: 'page-not-isolated',
      level: 'warning',
      text: 'The page asked for 4 threads and runs on 1, as it is not cross-origin isolated. Serve it with Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp.',
    });
    expect(analysis.steps![0]).toMatchObject({ id: 'threads.isolation', who: 'you', saves: { kind: 'not measured' } });
    expect(analysis.steps![0]!.action.code).toContain('Cross-Origin-Opener-Policy: same-origin\n');
  });

  test.each([
    [{ openerPolicy: 'SameOrigin' }, ['Cross-Origin-Embedder-Policy: require-corp']],
    [{ embedderPolicy: 'RequireCorp' }, ['Cross-Origin-Opener-Policy: same-origin']],
    [{ openerPolicy: 'SameOriginAllowPopups', embedderPolicy: 'Credentialless' }, ['Cross-Origin-Opener-Policy: same-origin']],
    [{ crossOriginIsolated: true }, []],
    [{ crossOriginIsolated: null }, []],
  ])('of %j lacks %j', (parts, missing) => {
    expect(analyzed(parts).pageState!.headersMissing).toEqual(missing);
  });

  test('advises nothing to a page that is isolated, or did not ask for threads', () => {
    for (const parts of [{ crossOriginIsolated: true, messages: [warned] }, {}]) {
      const { notes } = analyzed(parts);
      expect(notes.map(({ id }) => id)).not.toContain('page-not-isolated');
    }
  });

  test('says the first error where no inference is found', () => {
    const error = { kind: 'exception', text: 'TypeError: model is undefined', url: '', line: null, count: 1 } as const;
    const { notes } = analyzed({ messages: [warned, error] });
    expect(notes.find(({ id }) => id === 'no-windows')!.text).toContain('first error: TypeError: model is undefined.');
    expect(notes.find(({ id }) => id === 'page-errors')!.text).toContain('1 error');
  });

  test('is not known where the page did not answer, and of a run of our own', () => {
    expect(analyze(new RunBuilder().input({ page: buildPageManifest() })).pageState).toBeNull();
    expect(analyze(new RunBuilder().input()).pageState).toBeNull();
  });
});
