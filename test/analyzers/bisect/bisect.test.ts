import { describe, expect, test } from 'vitest';
import { analyzeBisect } from '../../../analyzers/bisect/index.js';
import { answerSentences } from '../../../analyzers/bisect/view.js';
import type { Analysis } from '../../../analyzers/index.js';
import type { Bisect } from '../../../src/bundle/bisect.js';
import { bisectDocument } from '../../../src/report/document/bisectDocument.js';
import { renderDocumentReport } from '../../../src/report/document/renderDocumentReport.js';
import { renderDocumentTerminal } from '../../../src/report/document/renderDocumentTerminal.js';
import { buildBisect, comparedBuilds, replicatesOf } from '../../bundle/buildBisect.js';
import { buildAnalysis } from '../../report/buildAnalysis.js';
import { clientBundle } from '../../report/clientBundle.js';
import { payloads } from '../../report/hostile.js';

const analysisOf = (bisect: Bisect, analyses: readonly (readonly [string, Analysis])[] = []) =>
  analyzeBisect({ name: 'traces/bisect', toolVersion: '0', bisect, analyses: new Map(analyses), unreadable: [] });

const found = buildBisect({
  browser: 'Chrome/156',
  comparisons: [
    comparedBuilds('1.6', 1.5),
    comparedBuilds('1.3', 1),
    comparedBuilds('1.4', 1.5),
    comparedBuilds('1.4', 1.5, { against: '1.3' }),
  ],
  runs: ['1.3', '1.4'].map((version) => ({ version, status: 'complete' as const, reason: null })),
});
const recorded = [
  ['1.3', buildAnalysis()],
  ['1.4', buildAnalysis()],
] as const;

describe('a search that found a build', () => {
  const analysis = analysisOf(found, recorded);

  test('names it, the one before, the step between and what grew', () => {
    expect(analysis.source.complete).toBe(true);
    expect(analysis.answer).toMatchObject({ state: 'found', slow: '1.4', before: '1.3', between: [], stepVerdict: 'slower' });
    expect(analysis.builds.map(({ verdict }) => verdict)).toEqual([
      'good',
      'not tested',
      'not tested',
      'not slower',
      'slower',
      'not tested',
      'slower',
    ]);
    expect(analysis.grew!.causes.length).toBeGreaterThan(0);
    expect(answerSentences(analysis)[0]).toMatch(
      /^1\.4 is the first of the tested builds of onnxruntime-web that is slower than 1\.0 by more than 10\.0 %: 1\.50× \(95 % [\d.]+–[\d.]+\), 20\.0 ms → 30\.0 ms\. 1\.3 before it is not: 1\.00×/,
    );
  });

  test('has its answer first, in fifteen lines', () => {
    const lines = renderDocumentTerminal(bisectDocument(analysis), { width: 120, color: false }).split('\n');
    expect(lines.length).toBeLessThanOrEqual(15);
    expect(lines[0]).toContain('onnxruntime-web 1.0 to 1.6, PP-OCRv4 detector, wasm, 1 thread, in a worker, Chrome 156');
    expect(lines[1]).toMatch(/^1\.4 is the first/);
    expect(lines.join('\n')).toContain(
      'Tested      3 of 6 builds after the good one: 1.3 1.00×, 1.4 1.50× slower, 1.6 1.50× slower',
    );
  });

  test('has a report with every build and both recordings', async () => {
    const report = renderDocumentReport(bisectDocument(analysis), await clientBundle());
    for (const text of ['is the first of the tested builds', 'What grew from 1.3 to 1.4', 'traces/bisect/runs/1.4'])
      expect(report).toContain(text);
  });
});

test('says between which builds it is where some could not be told', () => {
  const analysis = analysisOf({
    ...found,
    comparisons: found.comparisons
      .filter(({ version }) => version !== '1.3')
      .map((one) => (one.against === '1.3' ? { ...one, against: '1.2' } : one))
      .concat(comparedBuilds('1.2', 1)),
    skipped: [{ version: '1.3', reason: 'lacks the operator Einsum' }],
  });
  expect(answerSentences(analysis)[1]).toBe(
    'Between them 1 build could not be told, so it may be that one: 1.3 (lacks the operator Einsum).',
  );
});

test.each<[string, Partial<Bisect>, RegExp]>([
  [
    'not slower',
    { comparisons: [comparedBuilds('1.6', 0.7)] },
    /^1\.6 is not slower than 1\.0 by more than 10\.0 %: 0\.70×.*nothing to look for/,
  ],
  ['skipped', { skipped: [{ version: '1.6', reason: 'it hangs' }] }, /^1\.6 does not run.*it hangs.*--bad/],
  [
    'undecided',
    { comparisons: [comparedBuilds('1.6', 1.11, { replicates: replicatesOf(1.11, { spread: 0.1 }) })] },
    /cannot be told.*more --budget makes it narrower/,
  ],
  [
    'undecided',
    { comparisons: [comparedBuilds('1.6', 2, { replicates: replicatesOf(2, { count: 2 }) })] },
    /only 2 fresh browsers of each fitted into --budget/,
  ],
  ['unfinished', { comparisons: [comparedBuilds('1.6', 2)] }, /is not finished: 1\.3 is to be compared next/],
  ['unfinished', { comparisons: [comparedBuilds('1.6', 2, { budgetMs: null })] }, /is not finished: 1\.6/],
])('a search that ends as %s says so in one sentence', (state, given, sentence) => {
  const analysis = analysisOf(buildBisect(given));
  expect(analysis.answer.state).toBe(state);
  expect(answerSentences(analysis)).toEqual([expect.stringMatching(sentence)]);
  expect(analysis.grew).toBeNull();
});

test('warns where outputs differ, the machine was not quiet, or the step by itself is nothing', () => {
  const uneven = replicatesOf(1.5).map(({ rounds }) => ({
    rounds: rounds.map((round) =>
      round.map(({ rung, ms }) => ({ rung, ms: rung === 'again' ? ms.map((each) => each * 1.05) : ms })),
    ),
  }));
  const { notes } = analysisOf({
    ...found,
    comparisons: [
      comparedBuilds('1.6', 1.5, { outputs: { match: false, tolerance: 1e-3, outputs: [] } }),
      comparedBuilds('1.3', 1.05),
      comparedBuilds('1.4', 1.5, { replicates: uneven }),
      comparedBuilds('1.4', 1, { against: '1.3' }),
    ],
  });
  expect(notes.map(({ id }) => id)).toEqual(['outputs-differ', 'not-alike', 'step-not-apart']);
});

test('text from elsewhere stays text', async () => {
  const hostile = (text: string) => {
    const bisect = buildBisect({ skipped: [{ version: '1.6', reason: text }], browser: text });
    bisect.plan.model = { name: text, title: text, sha256: text };
    return analysisOf(bisect);
  };
  const report = renderDocumentReport(bisectDocument(hostile(payloads.join(' ').slice(0, 900))), await clientBundle());
  for (const payload of payloads) {
    if (payload.includes('<')) expect(report).not.toContain(payload);
    expect(renderDocumentTerminal(bisectDocument(hostile(payload)), { width: 80, color: false })).not.toMatch(
      /[\u0000-\u0009\u000b-\u001f\u007f]/,
    );
  }
});
