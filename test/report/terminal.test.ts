import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { type Analysis, analyze } from '../../analyzers/index.js';
import { renderTerminal } from '../../src/report/terminal/renderTerminal.js';
import { renderTerminalComparison } from '../../src/report/terminal/renderTerminalComparison.js';
import { renderVerbose } from '../../src/report/terminal/renderVerbose.js';
import { RunBuilder } from '../analyzers/buildRun.js';
import { buildPageManifest } from '../bundle/buildPageManifest.js';
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

const forms = { short: renderTerminal, whole: renderVerbose } as const;
const linesOf = (analysis: Analysis, width: number | null, render = renderTerminal): string[] =>
  render(analysis, { width, color: false }).split('\n');

describe.each(inputs)('%s in a terminal', (_, analysis) => {
  test.each([40, 60, 80, 132, Number.NaN])('fits %s columns, in short and whole', (width) => {
    for (const render of Object.values(forms))
      for (const line of linesOf(analysis, width, render))
        expect(stringWidth(line)).toBeLessThanOrEqual(Math.min(120, width || 80));
  });

  test.each([80, 100, null])('is short in 15 lines with the one of the report, at %s columns', (width) => {
    expect(linesOf(analysis, width).length).toBeLessThan(15);
  });

  test.each(Object.entries(forms))('has no control characters without colour: %s', (_, render) => {
    expect(render(analysis, { width: 80, color: false }).replaceAll('\n', '')).not.toMatch(ACTIVE);
  });

  test.each(Object.entries(forms))('has none but those of colours with colour, and the same text: %s', (_, render) => {
    const coloured = render(analysis, { width: 80, color: true });
    const plain = coloured.replace(/\u001b\[\d+m/g, '');
    expect(coloured).not.toBe(plain);
    expect(plain).toBe(render(analysis, { width: 80, color: false }));
  });
});

describe('the terminal', () => {
  test('says what was run, how valid that is, how long it takes, where the time goes, and last what to do', () => {
    const lines = linesOf(buildAnalysis(), null);
    expect(lines[0]).toMatch(/^PP-OCRv4 text detector, ONNX Runtime Web 1\.30\.0, wasm, 1 thread, in a worker/);
    const at = (pattern: RegExp): number => lines.findIndex((line) => pattern.test(line));
    const order = [
      at(/^52\.1 ms a prediction \(95 % 51\.0–53\.4\) · 4\.10× native: 12\.7 ms, onnxruntime-node 1\.30\.0, CPU, 1 thread$/),
      at(/^ +80\.7 % +.* ms {2}128-bit SIMD Wasm +█+$/),
      at(/^Do this$/),
      at(/^ {2}1\. .+: .+ · .+$/),
      at(/--verbose$/),
    ];
    expect(order).not.toContain(-1);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  test('cuts nothing where there is no terminal: names, steps and commands are whole', () => {
    for (const render of Object.values(forms)) {
      const text = render(buildAnalysis(), { width: null, color: false });
      expect(text).not.toContain('…');
      for (const { title, action } of buildAnalysis().steps!.slice(0, 3)) {
        expect(text).toContain(title);
        if (action.command !== null) expect(text).toContain(`${action.command}\n`);
      }
    }
  });

  test('cuts no number at 80 columns: what is too long goes on in the next line', () => {
    const numbers = (text: string): string[] => text.match(/\d[\d.,–]*/g) ?? [];
    const joined = linesOf(buildAnalysis(), 80, renderVerbose).join(' ');
    for (const number of numbers(renderVerbose(buildAnalysis(), { width: null, color: false }))) expect(joined).toContain(number);
  });

  test('says which factors the gap is made of, largest first', () => {
    expect(linesOf(buildAnalysis(), null).find((line) => line.startsWith('Of the gap: '))).toMatch(/ ms( · .+ ms)+$/);
    const without = buildAnalysis({ gap: { ...buildAnalysis().gap!, effects: [] } });
    expect(linesOf(without, null).join()).not.toContain('Of the gap');
  });

  test('begins with it that a measurement is void', () => {
    const output = { name: 'y', shape: [1], maxRelativeDifference: 0.031, problem: null };
    const analysis = buildAnalysis({ outputs: { match: false, tolerance: 1e-4, outputs: [output] } });
    const [first, second] = linesOf(analysis, null);
    expect(first).toMatch(/^! Not a valid measurement: The browser computes something else than native \(.*\)\./);
    expect(second).toContain('PP-OCRv4');
    const coloured = renderTerminal(analysis, { width: null, color: true }).split('\n');
    // Its figures are no headline.
    expect(coloured.find((line) => line.includes('52.1 ms'))).toMatch(/^\u001b\[2m/);
  });

  test('says of a page in which nothing ran how far it came, its first error and what to do', () => {
    const message = {
      kind: 'exception',
      text: 'TypeError: x is not a function',
      url: 'http://a.test/worker.js',
      line: 1,
      count: 3,
    } as const;
    const state = {
      crossOriginIsolated: false,
      hardwareConcurrency: 2,
      openerPolicy: null,
      embedderPolicy: null,
      messages: [message],
    };
    const page = buildPageManifest({ state, recorded: { startUs: 0, endUs: 15e6 } });
    const lines = linesOf(analyze(new RunBuilder().input({ page })), null);
    expect(lines).toContain('Nothing ran: 0 Wasm modules, 0 GPU calls in 15 s.');
    expect(lines).toContain('The page reported 3 errors; the first: TypeError: x is not a function (http://a.test/worker.js:1)');
    expect(lines.join('\n')).toMatch(/^Do this\n {2}1\. .*\n {5}trace collect \S+/m);
    expect(lines[0]).toContain('! Not a valid measurement');
  });

  test('proposes the most frequent measure as the mark of a trace without windows', () => {
    expect(renderTerminal(buildTraceAnalysis(), { width: 80, color: false })).toContain('--mark inferscope.predict');
  });

  test('quotes a name in a command that a shell would read', () => {
    const trace = { ...buildTraceAnalysis().trace!, measures: [{ name: '$(id); rm -rf /', count: 9, medianMs: 1 }] };
    expect(renderTerminal(buildTraceAnalysis({ trace }), { width: 80, color: false })).toContain("--mark '$(id); rm -rf /'");
  });
});

describe('all of it', () => {
  const lines = linesOf(buildAnalysis(), 80, renderVerbose);

  test('has the figures in columns', () => {
    expect(lines).toContain('Prediction     52.1 ms  95 % 51.0–53.4, n = 40');
    expect(lines.join('\n')).toContain('12.7 ms  95 % 12.4–13.1, onnxruntime-node 1.30.0, CPU, 1 thread');
    expect(lines.join('\n')).toContain('4.10×  95 % 3.92–4.31');
  });

  test('says in one line what another native run takes', () => {
    const also = (analysis: Analysis) => linesOf(analysis, 100, renderVerbose).filter((line) => line.startsWith('Also native'));
    expect(also(besideTfjsNode(buildAnalysis()))).toEqual([
      'Also native    17.4 ms  95 % 17.0–17.9, browser 2.99×, tfjs-node 4.22.0, CPU, given 1 thread',
    ]);
    expect(also(buildAnalysis())).toEqual([]);
  });

  test('says in one line how threads scale', () => {
    expect(lines.filter((line) => line.startsWith('Threads'))).toEqual([
      'Threads     1: 52.1 ms · 2: 30.2 ms (86.3 % efficient)',
    ]);
    const without = buildAnalysis({ gap: { ...buildAnalysis().gap!, scaling: [] } });
    expect(renderVerbose(without, { width: 80, color: false })).not.toMatch(/^Threads /m);
  });

  test('says which types of operators take the time', () => {
    expect(lines.join('\n')).toContain('Operators   Conv 76.5 % (4.82× native, 23.0 GFLOP/s, compute-bound)');
    expect(lines.join('\n')).not.toContain('ReorderOutput');
  });

  test('has every cause, every note and every step', () => {
    const analysis = buildAnalysis();
    const text = renderVerbose(analysis, { width: null, color: false });
    for (const { id } of analysis.partition!.causes) expect(text).toContain(id);
    for (const note of analysis.notes) expect(text).toContain(note.text);
    for (const { title, basis } of analysis.steps!) {
      expect(text).toContain(title);
      expect(text).toContain(basis);
    }
  });
});

describe('a comparison in the terminal', () => {
  const faster = buildAnalysis({
    source: { name: 'traces/faster/', kind: 'bundle', complete: true },
    latency: {
      ...buildAnalysis().latency!,
      prediction: { ...buildAnalysis().latency!.prediction!, medianMs: 39.1, ci95Ms: [38, 40.2] },
    },
    run: { ...buildAnalysis().run!, threads: 2 },
  });

  test('says once what all have in common, and of each what differs, its change with an interval, and its ratio', () => {
    const lines = renderTerminalComparison([buildAnalysis(), faster], { width: null, color: false }).split('\n');
    expect(lines[0]).toMatch(/^PP-OCRv4 text detector, ONNX Runtime Web 1\.30\.0, wasm, in a worker/);
    expect(lines[1]).toMatch(/^ +Prediction +95 % +Change +95 % +Over native$/);
    expect(lines[2]).toMatch(/^1\. pp-ocr-det-ort-wasm-1, 1 thread +52\.1 ms +51\.0–53\.4 +4\.10×$/);
    expect(lines[3]).toContain('80.7 % 128-bit SIMD Wasm');
    expect(lines[4]).toMatch(/^2\. faster, 2 threads +39\.1 ms +38\.0–40\.2 +−25\.0 % +−\d+\.\d % to −\d+\.\d % +4\.10×$/);
    expect(lines.length).toBeLessThan(15);
  });

  test('says what is no valid measurement, and where no windows were found', () => {
    const output = { name: 'y', shape: [1], maxRelativeDifference: 0.031, problem: null };
    const invalid = buildAnalysis({ outputs: { match: false, tolerance: 1e-4, outputs: [output] } });
    const text = renderTerminalComparison([invalid, buildTraceAnalysis()], { width: 100, color: false });
    expect(text).toContain('! Not a valid measurement: The browser computes something else than native');
    expect(text).toContain('no windows found');
  });

  test.each([40, 70, 100])('fits %s columns, whatever names say', (width) => {
    const analyses = [buildHostileAnalysis(), buildHostileAnalysis(), faster, buildTraceAnalysis()];
    for (const line of renderTerminalComparison(analyses, { width, color: false }).split('\n')) {
      expect(stringWidth(line)).toBeLessThanOrEqual(width);
      expect(line).not.toMatch(ACTIVE);
    }
  });
});
