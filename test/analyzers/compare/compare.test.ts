import { describe, expect, test } from 'vitest';
import { analyzeCompare } from '../../../analyzers/compare/index.js';
import { compareSentences, compareView } from '../../../analyzers/compare/view.js';
import type { Compare } from '../../../src/bundle/compare.js';
import { compareDocument } from '../../../src/report/document/compareDocument.js';
import { renderDocumentMarkdown } from '../../../src/report/document/renderDocumentMarkdown.js';
import { renderDocumentReport } from '../../../src/report/document/renderDocumentReport.js';
import { renderDocumentTerminal } from '../../../src/report/document/renderDocumentTerminal.js';
import { clientBundle } from '../../report/clientBundle.js';
import { payloads } from '../../report/hostile.js';
import { normal } from '../../stats/normal.js';
import { buildCompare, buildProcess } from './buildCompare.js';

const LIMIT = { figure: 'prediction', unit: 'ratio', atMost: 0.05 } as const;

/** Rounds in which b has so much more of a cause, and everything scatters. */
function rounds(count: number, moreMs: number, spread = 0.5, seed = 1) {
  const draw = normal(seed);
  return Array.from({ length: count }, () => {
    const machine = 1 + draw() / 20;
    const of = (glueMs: number) =>
      buildProcess(
        {
          'isa.scalar': (40 + spread * draw()) * machine,
          'runtime.glue': glueMs * machine,
          unattributed: (5 + spread * draw()) * machine,
        },
        {
          functions: [
            { name: 'gemm', of: 'isa.scalar', ms: 40 * machine },
            { name: 'glue', of: 'runtime.glue', ms: glueMs * machine },
          ],
        },
      );
    return { a: of(2), b: of(2 + moreMs) };
  });
}

const analyzed = (compare: Compare) => analyzeCompare({ name: 'folder', toolVersion: '1', compare });

describe('a comparison', () => {
  test('of what is alike keeps the limit, names no cause, and passes', () => {
    const { figures, gate, explained, causes } = analyzed(buildCompare(rounds(12, 0), { limits: [LIMIT] }));
    expect(figures[0]).toMatchObject({ id: 'prediction', verdict: 'same', rounds: 12, roundsToTell: null });
    expect(gate).toBe('passed');
    expect(explained).toBeNull();
    expect(causes.filter(({ isClear }) => isClear)).toEqual([]);
  });

  test('finds what was added, its cause and its function, and fails', () => {
    const { figures, gate, explained, causes, functions } = analyzed(buildCompare(rounds(10, 8), { limits: [LIMIT] }));
    const [prediction] = figures;
    expect(prediction!.verdict).toBe('slower');
    expect(prediction!.ratio!).toBeCloseTo(1 + 8 / 47, 1);
    expect(prediction!.ratioCi95![0]).toBeGreaterThan(1.05);
    expect(gate).toBe('failed');
    expect(causes[0]).toMatchObject({ id: 'runtime.glue', isClear: true });
    expect(explained).toMatchObject({ causes: ['runtime.glue'], isMost: true });
    expect(functions[0]).toMatchObject({ name: 'glue', isClear: true });
    expect(functions.map(({ name }) => name)).not.toContain('gemm');
  });

  test('has causes whose differences sum to that of the windows', () => {
    const { window, causes } = analyzed(buildCompare(rounds(9, 3, 4)));
    const sum = causes.reduce((total, { differenceMs }) => total + differenceMs, 0);
    expect(Math.abs(sum - window!.differenceMs)).toBeLessThan(1e-9);
  });

  test('has levels of both that are as far apart as their ratio', () => {
    const turns = [
      { a: [50], b: [55] },
      { a: [70], b: [77] },
    ];
    const compare = buildCompare([1, 2, 3].map(() => ({ a: buildProcess({ x: 60 }), b: buildProcess({ x: 63 }) })));
    for (const round of compare.rounds) round.turns = turns;
    const [prediction] = analyzed(compare).figures;
    expect(prediction!.ratio).toBeCloseTo(1.1, 12);
    expect(prediction!.b / prediction!.a).toBeCloseTo(1.1, 12);
    expect(prediction!.a * prediction!.b).toBeCloseTo(60 * 63, 6);
  });

  test('decides nothing by too few rounds, and says how many would tell', () => {
    const few = analyzed(buildCompare(rounds(4, 8), { limits: [LIMIT] }));
    expect(few.gate).toBe('undecided');
    expect(few.notes.map(({ id }) => id)).toContain('few-rounds');
    const wide = analyzed(buildCompare(rounds(6, 2, 6), { limits: [LIMIT] }));
    expect(wide.gate).toBe('undecided');
    expect(wide.figures[0]!.roundsToTell).toBeGreaterThan(6);
    expect(compareSentences(wide).join(' ')).toMatch(/more rounds? would tell/);
  });

  test('judges a limit on a cause by amounts, and says where a limit has no figure', () => {
    const glue = { figure: 'runtime.glue', unit: 'ms', atMost: 1 } as const;
    const memory = { figure: 'memory', unit: 'ratio', atMost: 0.1 } as const;
    const { figures, gate, notes } = analyzed(buildCompare(rounds(10, 8), { limits: [glue] }));
    expect(figures.find(({ id }) => id === 'runtime.glue')).toMatchObject({ verdict: 'slower', unit: 'ms' });
    expect(gate).toBe('failed');
    expect(notes).toEqual([]);
    const missing = analyzed(buildCompare(rounds(10, 0), { limits: [memory] }));
    expect(missing.gate).toBe('undecided');
    expect(missing.notes.map(({ id }) => id)).toContain('no-memory');
  });

  test('of no round, and one that was stopped, says so', () => {
    const { figures, gate, source } = analyzed(buildCompare([], { ended: null, limits: [LIMIT] }));
    expect([figures, gate, source.complete]).toEqual([[], 'undecided', false]);
    const document = compareDocument(analyzed(buildCompare([], { ended: null })));
    expect(document.alarms[0]).toContain('stopped before its end');
    expect(document.sentences[0]).toContain('no round was recorded whole');
  });

  test('warns of recordings that are no valid measurement', () => {
    const [first, ...others] = rounds(6, 0);
    const faulty = { ...first!, b: { ...first!.b, faults: ['The tab was hidden.'] } };
    expect(analyzed(buildCompare([faulty, ...others])).notes).toEqual([
      { id: 'void-b', level: 'warning', text: expect.stringContaining('1 of 6 recordings of head') },
    ]);
  });
});

describe('its document', () => {
  const failing = analyzed(buildCompare(rounds(10, 8), { limits: [LIMIT] }));

  test('gives the answer first, in the terminal, on the page and as Markdown', async () => {
    const document = compareDocument(failing);
    const terminal = renderDocumentTerminal(document, { width: 120, color: false });
    expect(terminal).toMatch(/prediction .*→.*\+\d.*limit \+5 %: EXCEEDED/);
    expect(terminal).toMatch(/explained .*runtime\.glue \+\d.*rest/);
    const markdown = renderDocumentMarkdown(document);
    expect(markdown).toMatch(/The limit of .* on prediction is exceeded/);
    expect(markdown).toContain('| --- |');
    expect(renderDocumentReport(document, await clientBundle())).toContain('is exceeded');
  });

  test('keeps names of bundles inert, and Markdown below 60 kB', async () => {
    const hostile = payloads.join(' ').slice(0, 2000);
    const compare = buildCompare(
      rounds(10, 8).map(({ a, b }) => ({
        a,
        b: {
          ...b,
          functions: Array.from({ length: 60 }, (_, i) => ({ name: `${hostile} ${i}`, of: 'runtime.glue', ms: 5 + i })),
        },
      })),
      { settings: Array.from({ length: 2000 }, (_, i) => ({ what: `${hostile}${i}`, a: hostile, b: `${hostile}!` })) },
    );
    compare.plan.b.name = hostile;
    const document = compareDocument(analyzed(compare));
    const markdown = renderDocumentMarkdown(document);
    expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(60_100);
    expect(markdown).toContain('The rest is left out');
    expect(markdown).not.toMatch(/(?<!\\)<(?:script|img)/i);
    const report = renderDocumentReport(document, await clientBundle());
    expect(report).not.toMatch(/<script>alert|<img src=x/i);
  });
});

test('its view has words for what its columns mean', () => {
  const heads = compareView
    .blocks(analyzed(buildCompare(rounds(10, 8), { limits: [LIMIT] })))
    .flatMap((block) => (block.block === 'table' ? block.columns.map(({ head }) => head) : []));
  for (const word of Object.keys(compareView.words)) expect(heads).toContain(word);
});
