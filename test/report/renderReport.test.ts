import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { renderReport } from '../../src/report/renderReport.js';
import { besideTfjsNode } from './besideTfjsNode.js';
import { buildAnalysis, buildTraceAnalysis, withSteps } from './buildAnalysis.js';
import { buildGpuAnalysis } from './buildGpuAnalysis.js';
import { buildHostileAnalysis, buildHostileGpuAnalysis } from './hostile.js';

const CLIENT = 'console.log("a </script> and <!-- in a string", /<\\/script>/);\r\n';
const sha256 = (text: string) => `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;

/** What stands between two texts, the second looked for after the first. */
function between(text: string, start: string, end: string): string {
  const from = text.indexOf(start) + start.length;
  return text.slice(from, text.indexOf(end, from));
}

describe('the page', () => {
  const page = renderReport(buildAnalysis(), CLIENT);
  const policy = between(page, 'Content-Security-Policy" content="', '"');

  test('lets in its own script and style sheet by hash, and nothing else', () => {
    const script = between(page, '<script>', '</script>');
    const style = between(page, '<style>', '</style>');
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `script-src ${sha256(script)}`,
      `style-src ${sha256(style)}`,
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  test('has a script that cannot end its element, with its meaning kept', () => {
    const script = between(page, '<script>', '</script>\n</body>');
    expect(script).not.toMatch(/<\/script|<!--|\r/i);
    const printed: unknown[] = [];
    new Function('console', script)({ log: (...values: unknown[]) => printed.push(...values) });
    expect(printed).toEqual(['a </script> and <!-- in a string', /<\/script>/]);
  });

  test('says how to look further in a notebook, where the name of the recording can stand in a command', () => {
    const named = (name: string): string =>
      renderReport({ ...buildAnalysis(), source: { ...buildAnalysis().source, name } }, CLIENT);
    expect(named('traces/my run')).toContain('<code>trace notebook &#39;traces/my run&#39;</code>');
    expect(named('-x\u202e')).not.toContain('trace notebook');
  });

  test('names no address but Perfetto’s, which a reader may click on, no handler and no inline style', () => {
    const perfetto =
      /href="https:\/\/ui\.perfetto\.dev\/#!\/\?visStart=\d+&amp;visEnd=\d+" target="_blank" rel="noopener noreferrer"/;
    expect(page).toMatch(perfetto);
    const body = page.slice(page.indexOf('<main>')).replace(perfetto, '');
    expect(body).not.toMatch(/<[^>]+\s(?:style|href|src|on\w+)=/i);
    expect(page).not.toMatch(/<(?:link|img|iframe|object|embed|base|form)\b/i);
  });

  test('answers first', () => {
    const text = between(page, '<main>', '>Where the time goes<')
      .replace(/<[^>]+>/g, '')
      .replaceAll('\u00a0', ' ');
    expect(text.replace(/\s+/g, ' ')).toMatch(
      /Prediction ?52\.1 ms ?95 % 51\.0–53\.4, n = 40 ?Native ?12\.7 ms.*Browser over native ?4\.10×/,
    );
    expect(text).toContain('80.7 % of a prediction’s time goes to 128-bit SIMD Wasm, 16.3 % to scalar Wasm.');
    expect(text.indexOf('What to do')).toBeGreaterThan(text.indexOf('goes to 128-bit SIMD'));
  });

  test('says once how sure it is: in the group of that name', () => {
    const said = 'Recording changes the time of a prediction by';
    expect(page.split(said)).toHaveLength(2);
    expect(page.indexOf(said)).toBeGreaterThan(page.indexOf('id="certainty"'));
  });

  test('has words in its text and charts, and no ids', () => {
    const ids = /\b(?:isa|runtime|contention|gpu|wait|frame|effect|page)\.[a-z][a-zA-Z0-9]+\b/;
    const charts = JSON.parse(between(page, 'id="charts">', '</script>')) as unknown[];
    const labels = JSON.stringify(charts, (key, value: unknown) => (key === 'id' || key === 'field' ? undefined : value));
    const text = between(page, '<main>', '<script').replace(/<[^>]+>/g, ' ');
    expect(text.match(ids)?.[0]).toBeUndefined();
    expect(labels.match(ids)?.[0]).toBeUndefined();
  });

  test('has every id once, and every part that the analysis has', () => {
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(
      expect.arrayContaining([
        'causes',
        'latency',
        'gap',
        'kernels',
        'functions',
        'machine',
        'frames',
        'outputs',
        'notes',
        'trace',
        'method',
        'words',
      ]),
    );
  });

  test('has a contents list that leads to every group and section, and groups that are folded', () => {
    const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]));
    const links = [...between(page, '<nav', '</nav>').matchAll(/href="#([^"]+)"/g)].map((match) => match[1]!);
    expect(links.length).toBeGreaterThan(15);
    expect(links.filter((link) => !ids.has(link))).toEqual([]);
    const sections = [...page.matchAll(/<section id="([^"]+)"/g)].map((match) => match[1]!);
    expect(sections.filter((id) => !links.includes(id))).toEqual([]);
    const groups = [...page.matchAll(/<details class="group" id="([^"]+)"( open)?>/g)].map(([, id, open]) => [
      id,
      open !== undefined,
    ]);
    expect(groups.length).toBeGreaterThan(5);
    expect(groups.filter(([, open]) => open)).toEqual([]);
  });

  test('has one figure in the heading of each group', () => {
    const figureOf = (id: string): string =>
      between(between(page, `class="group" id="${id}"`, '</summary>'), '<span class="more">', '</span>').replaceAll(
        '\u00a0',
        ' ',
      );
    expect(['time', 'code', 'start', 'surroundings', 'certainty', 'data'].map(figureOf)).toEqual([
      '80.7 % 128-bit SIMD Wasm',
      '14.4 ms could be saved, at most',
      'warm-up 96.4 ms',
      '2 threads',
      '1 doubtful',
      'Chromium 156.0.7444.59',
    ]);
    expect(figureOf('words')).toMatch(/^\d+ words$/);
    expect(renderReport(buildTraceAnalysis(), CLIENT)).toMatch(/Nothing was recorded for: [A-Z]/);
  });

  test('shows other native runs beside the one that the gap is against, with or without a ladder', () => {
    const whole = besideTfjsNode(buildAnalysis());
    for (const analysis of [whole, { ...whole, gap: { ...whole.gap!, effects: [] } }]) {
      const gap = between(renderReport(analysis, CLIENT), 'id="gap"', '</section>').replace(/<[^>]+>/g, '');
      expect(gap).toContain('Beside it, tfjs-node 4.22.0, CPU, given 1 thread takes 17.4');
      expect(gap).toContain('the browser takes 2.99× as long as that');
    }
    expect(between(page, 'id="gap"', '</section>')).not.toContain('Beside it');
  });

  test('shows how threads scale in a table, and other runs beside the ladder in words', () => {
    const text = between(page, 'id="gap"', '</section>')
      .replace(/<[^>]+>/g, ' ')
      .replaceAll('\u00a0', ' ')
      .replace(/\s+/g, ' ');
    expect(text).toContain('2 30.2 ms 28.1–32.4 1.73× 86.3 % 79.0–93.0');
    expect(text).toContain('A page whose DevTools debugger is open takes 71.3 ms longer.');
    expect(text).not.toContain('2 threads would save');
    expect(renderReport(buildAnalysis({ gap: { ...buildAnalysis().gap!, scaling: [], beside: [] } }), CLIENT)).not.toContain(
      'by number of threads',
    );
  });

  test('sets operators beside the native ones and the roof, by what they compute and one by one', () => {
    const text = between(page, 'id="kernels"', '</section>')
      .replace(/<[^>]+>/g, ' ')
      .replaceAll('\u00a0', ' ')
      .replace(/\s+/g, ' ');
    expect(text).toContain(
      'take 49.8 ms in the browser, 95.6 % of a timed prediction and 94.3 % of a profiled one; natively 11.9 ms',
    );
    expect(text).toContain(
      '1×96×40×40 8.39 ms 9.40 ms 19.0 % 0.64 ms 14.7× 0.90 ms wasm-function[1709] 80.0 %, outside Wasm 2.0 %',
    );
    expect(text).toContain(
      'p2o.Conv.26 4.40 ms 10.2 ms 20.5 % 2.10 ms 4.86× 5.70 ms — Conv depthwise convolutions 1×96×40×40 p2o.Conv.26_nchwc by type and shapes 234 — 23.0 0.55 41.8 compute',
    );
    expect(text).toContain(
      '240 CPU samples taken while its operators ran in predictions of that pass that were recorded besides (3 that may be of an operator of another type are left out)',
    );
    expect(text).toContain('Only native runs ReorderOutput (52, 0.80 ms).');
    expect(text).toContain('2 threads together of this machine reach 41.0 GFLOP/s in registers with simd128 instructions');
    expect(page.replaceAll('\u00a0', ' ')).toContain('The best reaches 23.0 GFLOP/s.');
    expect(renderReport(buildAnalysis({ kernels: [], kernelTotals: null }), CLIENT)).not.toContain('id="kernels"');
  });

  test('says of operators of a profile that was given neither that they ran in a browser nor in a pass', () => {
    const { kernels, kernelTotals } = buildAnalysis();
    const totals = { ...kernelTotals!, ownProfile: true, nativeSource: null, nativeMs: null };
    const given = renderReport(buildTraceAnalysis({ kernels, kernelTotals: totals }), CLIENT);
    const section = between(given, '<section id="kernels"', '</section>').replaceAll('\u00a0', ' ');
    expect(section).toMatch(/The operators of a run take [\d.]+ ms/);
    expect(section).toContain('in the profile that ONNX Runtime wrote itself');
    expect(section).toContain('>Time</th>');
    expect(section).not.toContain('>Browser</th>');
  });

  test('shows ids of processes that are names', () => {
    const { trace } = buildTraceAnalysis();
    const processes = [{ pid: 'proc <12>', name: 'Renderer', threads: 3 }];
    const given = renderReport(buildTraceAnalysis({ trace: { ...trace!, processes } }), CLIENT);
    expect(given).toContain('proc &lt;12&gt;');
    expect(given).not.toContain('proc <12>');
  });

  test('says loudly and first that outputs differ', () => {
    const output = { name: 'y', shape: [2], maxRelativeDifference: null, problem: 'is missing' };
    const differing = renderReport(buildAnalysis({ outputs: { match: false, tolerance: 1e-4, outputs: [output] } }), CLIENT);
    expect(differing.indexOf('class="alarm"')).toBeLessThan(differing.indexOf('class="figures void"'));
    expect(differing).toContain('y is missing');
    expect(page).not.toContain('class="alarm"');
  });

  test('helps with a trace that holds no windows', () => {
    const text = renderReport(buildTraceAnalysis(), CLIENT)
      .replace(/<[^>]+>/g, '')
      .replaceAll('\u00a0', ' ');
    expect(text).toContain('The trace holds 214,883 events over 6,120 ms (31.4 MB), from 3 processes with 54 threads.');
    expect(text).toContain('inferscope.predict (17×, median 53.4 ms)');
    expect(text).toContain('--mark inferscope.predict');
    expect(text).not.toMatch(/NaN|undefined|null|\[object/);
  });

  test('puts a comparison ahead of several analyses, with links inside the page, and to Perfetto', () => {
    const several = renderReport([buildAnalysis(), buildTraceAnalysis(), buildHostileAnalysis()], CLIENT);
    const links = [...several.matchAll(/href="([^"]*)"/g)].map((match) => match[1]!);
    expect(links.filter((link) => !link.startsWith('https://ui.perfetto.dev/#!/?visStart='))).toEqual([
      '#input-1',
      '#input-2',
      '#input-3',
    ]);
    expect(several.indexOf('One row per input')).toBeLessThan(several.indexOf('<article'));
    const ids = [...several.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe.each([
  ['the page', buildHostileAnalysis(), buildAnalysis()],
  ['the page of a GPU run', buildHostileGpuAnalysis(), buildGpuAnalysis()],
] as const)('hostile text in %s', (_, hostile, plain) => {
  const page = renderReport(hostile, CLIENT);
  const tags = (text: string) =>
    [...new Set([...text.matchAll(/<\/?([a-z][\w-]*)/gi)].map((match) => match[1]!.toLowerCase()))].sort();

  test('adds no element and no attribute that the page of harmless text lacks', () => {
    const harmless = renderReport(withSteps({ ...plain, outputs: { match: false, tolerance: 1, outputs: [] } }), CLIENT);
    const body = (text: string) => text.slice(text.indexOf('<main>'), text.indexOf('<script type'));
    const allowed = new Set([...tags(body(harmless)), 'code', 'br']);
    expect(tags(body(page)).filter((tag) => !allowed.has(tag))).toEqual([]);
    expect(body(page)).not.toMatch(/<[^>"]*(?:"[^"]*"[^>"]*)*\s(?:style|src|on\w+)=/i);
  });

  test('leaves no character that acts instead of showing', () => {
    const text = page.slice(page.indexOf('<main>'), page.indexOf('<script>')).replaceAll('\n', '');
    expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
  });

  test('stays a page of ordinary size', () => {
    expect(page.length).toBeLessThan(600_000);
  });
});

describe('specs of charts', () => {
  const specs = between(renderReport(buildHostileAnalysis(), ''), 'id="charts">', '</script>');

  test('hold data in their values only, and no address', () => {
    const hostile = /hostile|etc.passwd|rm -rf|127\.0\.0\.1/;
    const check = (value: unknown): void => {
      if (typeof value === 'string') expect(value).not.toMatch(hostile);
      if (typeof value !== 'object' || value === null) return;
      for (const [key, each] of Object.entries(value)) {
        expect(key).not.toMatch(/^(?:url|href)$/);
        expect(key).not.toMatch(hostile);
        if (key !== 'values' || !Array.isArray(each) || typeof each[0] !== 'object') check(each);
      }
    };
    expect(specs).toMatch(hostile);
    check(JSON.parse(specs));
  });
});
