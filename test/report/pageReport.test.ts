import { describe, expect, test } from 'vitest';
import type { Analysis } from '../../analyzers/index.js';
import { renderReport } from '../../src/report/renderReport.js';
import { renderTerminal } from '../../src/report/terminal/renderTerminal.js';
import { buildAnalysis } from './buildAnalysis.js';
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

function ofPage(overrides: Partial<Analysis> = {}, title = 'An app'): Analysis {
  const built = buildAnalysis();
  const page = buildPage({ title });
  const latency = { ...built.latency!, observerEffect: null, observerEffectCi95: null };
  return { ...built, run: null, gap: null, outputs: null, page, inferences: found, latency, ...overrides };
}

const terminal = (analysis: Analysis): string => renderTerminal(analysis, { width: 100, color: false });

describe('the report of a page', () => {
  test('says first how many inferences were found, how sure that is, and how long one takes', () => {
    const lines = terminal(ofPage()).split('\n');
    expect(lines[0]).toBe('An app');
    expect(lines[1]).toContain('http://127.0.0.1/app, launched, recorded after 10 s');
    expect(lines[3]).toBe('9 inferences found by bursts of Wasm samples on CrRendererMain 7, confidence 0.58 of 1');
    expect(lines.join('\n')).toMatch(/Prediction .* under the trace/);
    expect(lines.join('\n')).toMatch(/Load .* · warm-up /);
    expect(lines.join('\n')).toContain('The inferences are a guess.');
    const page = renderReport(ofPage(), '');
    expect(page).toContain('Inferences found');
    expect(page).toContain('How the inferences were found');
  });

  test('says that none was found, and what was looked for', () => {
    const none = { ...found, count: 0, source: null, confidence: null, confidenceWhy: null, threads: [] };
    const analysis = ofPage({ inferences: none, latency: null, partition: null });
    expect(terminal(analysis)).toMatch(/No inference found\. Looked for:\n- user timing named by --mark .*\n- bursts of Wasm/);
    expect(renderReport(analysis, '')).toContain('No inference found. Looked for');
  });

  test('lets no name of the page become markup or an escape', () => {
    const inferences = { ...found, source: `user timing named ${NAME}`, threads: [NAME], lookedFor: [NAME] };
    const analysis = ofPage({ inferences }, NAME);
    for (const each of [analysis, { ...analysis, inferences: { ...inferences, count: 0 }, latency: null, partition: null }]) {
      expect(terminal(each)).not.toMatch(/[\u001b\u202e]/);
      expect(renderReport(each, '')).not.toMatch(/<img|\u001b|\u202e/);
    }
  });
});
