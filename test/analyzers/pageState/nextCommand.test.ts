import { describe, expect, test } from 'vitest';
import { analyze } from '../../../analyzers/index.js';
import type { PageManifest } from '../../../src/bundle/pageManifest.js';
import { renderTerminal } from '../../../src/report/terminal/renderTerminal.js';
import { renderVerbose } from '../../../src/report/terminal/renderVerbose.js';
import { buildPageManifest } from '../../bundle/buildPageManifest.js';
import { js, RunBuilder } from '../buildRun.js';
import { buildGpuLog } from '../gpu/buildGpuLog.js';

const BUILT = buildPageManifest();
const state: PageManifest['state'] = {
  crossOriginIsolated: false,
  hardwareConcurrency: 2,
  openerPolicy: null,
  embedderPolicy: null,
  messages: [{ kind: 'exception', text: 'TypeError: model is undefined', url: '', line: null, count: 1 }],
};

/** A page that computes nothing that looks like an inference, and measured some work with these names. */
function page(parts: Partial<PageManifest['page']>, measures: readonly string[] = [], name = 'traces/app') {
  const run = new RunBuilder();
  const main = run.thread('CrRendererMain').executes(js, 1000, 1010);
  for (const measure of measures) main.measure(measure, 1200, 1210);
  const manifest = buildPageManifest({
    page: { ...BUILT.page, ...parts },
    state,
    realms: [
      { kind: 'dedicated', url: 'blob:http://127.0.0.1', count: 2 },
      { kind: 'service', url: 'http://127.0.0.1/sw.js', count: 1 },
    ],
  });
  const asked = [{ what: 'adapter' as const, count: 2, refused: 2, failed: 0, reason: '' }];
  const gpu = { schema: 'inferscope.gpu/1' as const, realms: [{ ...buildGpuLog({}), asked }] };
  return analyze({ ...run.input({ page: manifest, gpu }), name });
}

const noteOf = ({ notes }: ReturnType<typeof page>) => notes.find(({ id }) => id === 'no-windows')!.text;

describe('where no inference is found', () => {
  test('the note says the first error, the page’s state, and a command; so does the first screen', () => {
    const analysis = page({});
    expect(noteOf(analysis)).toMatch(
      /^No inference found\. Looked for: .* The page’s first error: TypeError: model is undefined\. The page’s state: not cross-origin isolated, 2 dedicated workers, 1 service worker, WebGPU adapter refused 2 of 2 times\. Try: trace collect http:\/\/127\.0\.0\.1\/app --duration 30s$/,
    );
    const whole = renderVerbose(analysis, { width: 100, color: false });
    for (const line of [
      /^Page error +TypeError: model is undefined/m,
      /^Page +The page is not cross-origin isolated/m,
      /^Workers +2 dedicated workers, 1 service worker/m,
      /^GPU +WebGPU adapter refused 2 of 2 times/m,
    ])
      expect(whole).toMatch(line);
    const short = renderTerminal(analysis, { width: null, color: false });
    expect(short).toContain('The page reported 1 error: TypeError: model is undefined');
    expect(short).toContain('trace collect http://127.0.0.1/app\n');
    expect(analysis.steps!.map(({ action }) => action.command)).toContain('trace collect http://127.0.0.1/app');
  });

  test('a measure that the trace holds is named, and finds', () => {
    const analysis = page({}, ['detect text', 'detect text']);
    expect(analysis.commandToFind).toBe("trace analyze traces/app --mark 'detect text'");
    expect(noteOf(analysis)).toMatch(/Try: trace analyze traces\/app --mark 'detect text'$/);
  });

  test.each([
    [
      'of an attached page',
      { opened: 'attached' as const },
      'trace collect --attach --tab http://127.0.0.1/app --reload --duration 30s',
    ],
    [
      'with what a shell would read',
      { url: "http://a/?b=1&c='$(id)'" },
      `trace collect 'http://a/?b=1&c='\\''$(id)'\\''' --duration 30s`,
    ],
    ['that cannot be opened again', { url: 'file:///x' }, null],
    ['with a control character', { url: 'http://a/\u001b[31m' }, null],
    ['that was cut', { url: `http://a/${'x'.repeat(4087)}` }, null],
  ])('an address %s', (_, parts, command) => {
    const analysis = page(parts);
    expect(analysis.commandToFind).toBe(command);
    if (command === null) expect(noteOf(analysis)).toContain('with --mark.');
  });

  test('measures and folders that no command can name are passed over', () => {
    expect(page({}, ['--out', 'a\u202eb', 'infer']).commandToFind).toBe('trace analyze traces/app --mark infer');
    expect(page({}, ['infer'], 'a\nb').commandToFind).toMatch(/^trace collect /);
  });

  test('there is none where inferences were found, and none of a run of our own', () => {
    const run = new RunBuilder();
    run.thread('CrRendererMain').measure('infer', 1000, 1010).executes(js, 1000, 1010).measure('infer', 1100, 1110);
    expect(analyze(run.input({ page: BUILT, mark: 'infer' })).commandToFind).toBeNull();
  });
});
