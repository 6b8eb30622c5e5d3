import type { Analysis } from '../../analyzers/index.js';
import { besideTfjsNode } from './besideTfjsNode.js';
import { buildAnalysis, withSteps } from './buildAnalysis.js';
import { buildGpuAnalysis } from './buildGpuAnalysis.js';

/** What a page or a trace could put where a name stands. Each would do something if it were read as markup, code or a command. */
export const payloads: readonly string[] = [
  '<script>window.hostile = 1</script>',
  '</script><script>window.hostile = 2</script>',
  '<img src=x onerror="window.hostile = 3">',
  '"><svg onload=window.hostile=4>',
  "' onmouseover='window.hostile=5' x='",
  '` onfocus=window.hostile=6 autofocus `',
  'javascript:window.hostile=7',
  '../../../../etc/passwd',
  'http://127.0.0.1:1/leak?a=1',
  '\u001b[31mred\u001b]8;;http://127.0.0.1:1/\u0007link\u001b]8;;\u0007\u009b2J',
  'abc\u202egnp.exe\u2066x\u2069',
  'a\u2028b\u2029c\u0000d\u0007e\r\nf\tg\u007f',
  'zero\u200bwidth\ufeff\u00ad\u{e0041}',
  '<!--<script>',
  '$'.concat('{window.hostile=8}'),
  'datum["x"]; window.hostile=9',
  ']]>&lt;script&gt;&#x3c;',
  '; rm -rf $(id) `id` | sh',
  '\ud800 lone',
  `Z${'\u0301'.repeat(500)}`,
  'w'.repeat(10_000),
];

/** A whole analysis in which every text that can come from outside is a payload; no two neighbours are the same one. */
export function buildHostileAnalysis(
  overrides: Partial<Analysis> = {},
  fixed: Analysis = besideTfjsNode(buildAnalysis()),
): Analysis {
  let next = 0;
  const hostile = () => payloads[next++ % payloads.length]!;
  const poisoned = mapText({ ...fixed, notes: manyNotes() }, hostile) as Analysis;
  // What they say comes from us; the names in them do not.
  const { steps, validity } = withSteps(poisoned);
  return {
    ...poisoned,
    steps,
    validity,
    schema: fixed.schema,
    source: { ...poisoned.source, kind: 'bundle' },
    run: { ...poisoned.run!, on: 'worker' },
    partition: { ...poisoned.partition!, causes: evenly([...poisoned.partition!.causes, ...everyPayloadAsCause()]) },
    wasm: {
      ...poisoned.wasm!,
      functions: payloads.flatMap((name, i) =>
        poisoned.wasm!.functions.map((fn) => ({ ...fn, name, mix: { [hostile()]: 0.5, [payloads[i]!]: 0.5 } })),
      ),
    },
    timeline: {
      windowMs: 53.4,
      rows: payloads.map((thread, i) => ({ thread, startMs: i, endMs: i + 1, cause: hostile(), label: hostile() })),
    },
    trace: { ...poisoned.trace!, measures: payloads.map((name) => ({ name, count: 3, medianMs: 5 })) },
    notes: poisoned.notes.map((note, i) => ({ ...note, level: (['warning', 'lack', 'info'] as const)[i % 3]! })),
    ...overrides,
  };
}

/** The same of a GPU run: what its log holds, and lists that are longer than those shown, too. */
export function buildHostileGpuAnalysis(): Analysis {
  const fixed = buildGpuAnalysis();
  const hostile = buildHostileAnalysis({}, fixed);
  const { programs, calls } = hostile.gpu!;
  return {
    ...hostile,
    run: { ...hostile.run!, backend: fixed.run!.backend },
    gpu: {
      ...hostile.gpu!,
      programs: { ...programs, rows: payloads.flatMap((label) => programs.rows.map((row) => ({ ...row, label }))) },
      calls: payloads.flatMap((call) => calls.map((row) => ({ ...row, call }))),
      losses: payloads,
      errors: payloads,
    },
  };
}

function evenly(causes: NonNullable<Analysis['partition']>['causes']) {
  return causes.map((cause) => ({ ...cause, share: 1 / causes.length }));
}

function everyPayloadAsCause(): NonNullable<Analysis['partition']>['causes'] {
  return payloads.map((text) => ({
    id: text,
    title: text,
    meaning: text,
    ms: 1,
    ci95Ms: [0.9, 1.1],
    share: 0.01,
    evidence: text,
  }));
}

function manyNotes(): Analysis['notes'] {
  return payloads.map((text, i) => ({ id: String(i), level: 'warning', text }));
}

/** The same value with every string in it replaced, keys of objects apart. */
function mapText(value: unknown, text: () => string): unknown {
  if (typeof value === 'string') return text();
  if (Array.isArray(value)) return value.map((each) => mapText(each, text));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mapText(each, text)]));
}
