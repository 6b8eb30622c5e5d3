import type { Analysis } from '../../analyzers/index.js';

/** Texts that say what is found, by key; all others may hold names. */
const FINDINGS: ReadonlySet<string> = new Set(
  'schema id cause level kind tier verdict on class rank phase runtime by basis metric state role who bound unit'.split(' '),
);

/**
 * All that an analysis finds: every number, and what each is of. Texts that may hold names are left out, and what tells how long the
 * files are.
 */
export function apartFromNames({ source: _, trace: facts, ...analysis }: Analysis & { readonly trace?: unknown }): unknown {
  const { run, page } = analysis;
  const anonymous = { run: run && { ...run, id: '' }, page: page && { ...page, id: '' } };
  return stripped({ ...analysis, ...anonymous, trace: { ...(facts as object), bytes: 0 } }, '');
}

function stripped(value: unknown, key: string): unknown {
  if (typeof value === 'string') return FINDINGS.has(key) ? value : 'text';
  if (Array.isArray(value)) return value.map((each) => stripped(each, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, stripped(inner, name)]));
}
