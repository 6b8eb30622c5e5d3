import { describe, expect, test } from 'vitest';
import type { Analysis } from '../../analyzers/index.js';
import { renderReport } from '../../src/report/renderReport.js';
import { renderTerminal } from '../../src/report/terminal/renderTerminal.js';
import { renderVerbose } from '../../src/report/terminal/renderVerbose.js';
import { buildAnalysis, withSteps } from './buildAnalysis.js';
import { buildPage } from './buildPage.js';

const NAME = '</script><img src=x onerror="document.title=1">\u001b[2J\u202e';
const found: NonNullable<Analysis['inferences']> = {
  count: 9,
  source: 'bursts of Wasm samples on CrRendererMain 7',
  confidence: 0.58,
  confidenceWhy: 'Idle times between them are 60 ms and more.',
  threads: ['CrRendererMain 7'],
  phases: {
    load: { startMs: 0, endMs: 1000 },
    warmup: { count: 1, startMs: 1000, endMs: 1190 },
    steady: { count: 8, startMs: 1250, endMs: 3000 },
  },
  lookedFor: ['user timing named by --mark (none was named)', 'bursts of Wasm'],
};

const around = { line: 12, isWasm: false, ms: 14.4, samples: 400, share: 0.3 };
const use: NonNullable<Analysis['use']> = {
  uses: 8,
  useMs: 48.1,
  preMs: 14.4,
  modelMs: 29.8,
  postMs: 3.8,
  ci95Ms: { use: [47, 49], pre: [14, 15], model: [29, 31], post: [3, 4] },
  shares: { pre: 0.3, model: 0.62, post: 0.08 },
  scripts: [{ ...around, script: 'http://127.0.0.1/app.js', function: 'tokenize', where: 'before' }],
};

function ofPage(overrides: Partial<Analysis> = {}, title = 'An app'): Analysis {
  const built = buildAnalysis();
  const page = buildPage({ title });
  const latency = { ...built.latency!, observerEffect: null, observerEffectCi95: null };
  return withSteps({ ...built, run: null, gap: null, outputs: null, page, inferences: found, latency, ...overrides });
}

const terminal = (analysis: Analysis): string => renderVerbose(analysis, { width: 100, color: false });
const inShort = (analysis: Analysis): string => renderTerminal(analysis, { width: null, color: false });

describe('the report of a page', () => {
  test('says first how many inferences were found, how sure that is, and how long one takes', () => {
    const lines = inShort(ofPage()).split('\n');
    expect(lines[0]).toMatch(/^An app, http:\/\/127\.0\.0\.1\/app, launched, recorded after 10 s/);
    expect(lines[1]).toMatch(/^Fair, to be taken with care: /);
    expect(lines[2]).toMatch(/^5.* ms an inference \(95 % .*, under the trace\)$/);
    expect(lines[3]).toBe('9 inferences found, confidence 0.58 of 1: by bursts of Wasm samples on CrRendererMain 7');
    expect(terminal(ofPage())).toMatch(/Load .* · warm-up /);
    expect(terminal(ofPage())).toContain('The inferences are a guess');
    const page = renderReport(ofPage(), '');
    expect(page).toContain('Inferences found');
    expect(page).toContain('How the inferences were found');
  });

  test('says at the top which part of one use the model takes, and what the page does around it', () => {
    const analysis = ofPage({ use });
    expect(terminal(analysis)).toMatch(
      /One use +48\.1 ms +model 62\.0 % · before 30\.0 % \(tokenize, app\.js:12\) · after 8\.0 %$/m,
    );
    expect(inShort(analysis)).toContain('Of one use of 48.1 ms the model takes 62.0 %');
    const page = renderReport(analysis, '')
      .replaceAll(/<[^>]*>/g, '')
      .replaceAll('\u00a0', ' ');
    const said = 'Of one use of 48.1 ms the model takes 62.0 %; before it 30.0 % (tokenize, app.js:12), after it 8.0 %.';
    expect(page).toContain(said);
    expect(page.indexOf(said)).toBeLessThan(page.indexOf('One use of the model: medians'));
  });

  test('says that none was found, and what was looked for', () => {
    const none = { ...found, count: 0, source: null, confidence: null, confidenceWhy: null, threads: [] };
    const analysis = ofPage({ inferences: none, latency: null, partition: null });
    expect(terminal(analysis)).toMatch(/No inference found\. Looked for:\n- user timing named by --mark .*\n- bursts of Wasm/);
    expect(renderReport(analysis, '')).toContain('No inference found. Looked for');
  });

  test('lets no name of the page become markup or an escape', () => {
    const inferences = { ...found, source: `user timing named ${NAME}`, threads: [NAME], lookedFor: [NAME] };
    const scripts = [{ ...around, script: NAME, function: NAME, where: 'before' as const }];
    const analysis = ofPage({ inferences, use: { ...use, scripts } }, NAME);
    for (const each of [analysis, { ...analysis, inferences: { ...inferences, count: 0 }, latency: null, partition: null }]) {
      for (const text of [terminal(each), inShort(each)]) expect(text).not.toMatch(/[\u001b\u202e]/);
      expect(renderReport(each, '')).not.toMatch(/<img|\u001b|\u202e/);
    }
  });
});
