import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import type { Analysis } from '../../analyzers/index.js';
import { renderTerminal } from '../../src/report/terminal/renderTerminal.js';
import { renderTerminalComparison } from '../../src/report/terminal/renderTerminalComparison.js';
import { besideTfjsNode } from './besideTfjsNode.js';
import { buildAnalysis, buildTraceAnalysis } from './buildAnalysis.js';
import { buildGpuAnalysis } from './buildGpuAnalysis.js';
import { buildHostileAnalysis, buildHostileGpuAnalysis } from './hostile.js';

const ACTIVE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const inputs: readonly (readonly [string, Analysis])[] = [
  ['a whole analysis', buildAnalysis()],
  ['a trace', buildTraceAnalysis()],
  ['a GPU run', buildGpuAnalysis()],
  ['hostile text', buildHostileAnalysis()],
  ['hostile text in a GPU run', buildHostileGpuAnalysis()],
  ['hostile text in a trace', { ...buildHostileAnalysis(), run: null, latency: null, partition: null, gap: null }],
  ['nothing measured', buildTraceAnalysis({ trace: null, notes: [] })],
];

describe.each(inputs)('%s in a terminal', (_, analysis) => {
  test.each([40, 60, 80, 132, Number.NaN])('fits 30 lines and %s columns', (width) => {
    const lines = renderTerminal(analysis, { width, color: false }).split('\n');
    expect(lines.length).toBeLessThanOrEqual(30);
    for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(Math.min(100, width || 80));
  });

  test('has no control characters without colour', () => {
    expect(renderTerminal(analysis, { width: 80, color: false }).replaceAll('\n', '')).not.toMatch(ACTIVE);
  });

  test('has none but those of colours with colour, and the same text', () => {
    const coloured = renderTerminal(analysis, { width: 80, color: true });
    const plain = coloured.replace(/\u001b\[\d+m/g, '');
    expect(coloured).not.toBe(plain);
    expect(plain).toBe(renderTerminal(analysis, { width: 80, color: false }));
  });
});

describe('the terminal', () => {
  test('begins with what was run and how long it takes', () => {
    const lines = renderTerminal(buildAnalysis(), { width: 80, color: false }).split('\n');
    expect(lines[0]).toBe('PP-OCRv4 text detector');
    expect(lines[3]).toBe('Prediction     52.1 ms  95 % 51.0–53.4, n = 40');
    expect(lines[4]).toContain('12.7 ms  95 % 12.4–13.1, onnxruntime-node 1.30.0, CPU, 1 thread');
    expect(lines[5]).toContain('4.10×  95 % 3.92–4.31');
  });

  test('says in one line what another native run takes', () => {
    const also = (analysis: Analysis) =>
      renderTerminal(analysis, { width: 100, color: false })
        .split('\n')
        .filter((line) => line.startsWith('Also native'));
    expect(also(besideTfjsNode(buildAnalysis()))).toEqual([
      'Also native    17.4 ms  95 % 17.0–17.9, browser 2.99×, tfjs-node 4.22.0, CPU, given 1 thread',
    ]);
    expect(also(buildAnalysis())).toEqual([]);
  });

  test('says in one line how threads scale', () => {
    const lines = renderTerminal(buildAnalysis(), { width: 80, color: false }).split('\n');
    expect(lines.filter((line) => line.startsWith('Threads'))).toEqual([
      'Threads     1: 52.1 ms · 2: 30.2 ms (86.3 % efficient)',
    ]);
    const without = buildAnalysis({ gap: { ...buildAnalysis().gap!, scaling: [] } });
    expect(renderTerminal(without, { width: 80, color: false })).not.toContain('Threads ');
  });

  test('says in one line which types of operators take the time', () => {
    const text = renderTerminal(buildAnalysis(), { width: 80, color: false });
    expect(text).toContain('Operators   Conv 76.5 % (4.82× native, 23.0 GFLOP/s, compute-bound)');
    expect(text).not.toContain('ReorderOutput');
  });

  test('says first that outputs differ', () => {
    const output = { name: 'y', shape: [1], maxRelativeDifference: 0.031, problem: null };
    const text = renderTerminal(buildAnalysis({ outputs: { match: false, tolerance: 1e-4, outputs: [output] } }), {
      width: 80,
      color: false,
    });
    expect(text.split('\n')[3]).toContain('! Not a valid measurement. The browser computes something else than');
  });

  test('proposes the most frequent measure as the mark of a trace without windows', () => {
    expect(renderTerminal(buildTraceAnalysis(), { width: 80, color: false })).toContain('--mark inferscope.predict');
  });

  test('quotes a name in a command that a shell would read', () => {
    const trace = { ...buildTraceAnalysis().trace!, measures: [{ name: '$(id); rm -rf /', count: 9, medianMs: 1 }] };
    expect(renderTerminal(buildTraceAnalysis({ trace }), { width: 80, color: false })).toContain("--mark '$(id); rm -rf /'");
  });

  test('compares analyses in a row each', () => {
    const text = renderTerminalComparison([buildAnalysis(), buildTraceAnalysis()], { width: 100, color: false });
    const lines = text.split('\n');
    expect(lines[0]).toMatch(/^Input +Prediction +95 % +Ratio$/);
    expect(lines[1]).toMatch(/52\.1 ms +51\.0–53\.4 +4\.10×$/);
    expect(lines[2]).toContain('80.7 % isa.simd128');
    expect(lines[4]).toContain('no windows found');
  });

  test.each([40, 70, 100])('compares hostile analyses within %s columns', (width) => {
    const text = renderTerminalComparison([buildHostileAnalysis(), buildHostileAnalysis(), buildTraceAnalysis()], {
      width,
      color: false,
    });
    for (const line of text.split('\n')) {
      expect(stringWidth(line)).toBeLessThanOrEqual(width);
      expect(line).not.toMatch(ACTIVE);
    }
  });
});
