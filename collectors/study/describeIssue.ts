import { distance } from 'fastest-levenshtein';
import type { z } from 'zod';
import { planSchema } from './studyPlan.js';

type Issue = z.core.$ZodIssue;

export interface DescribedIssue {
  /** The value that it is about. */
  readonly keys: readonly PropertyKey[];
  /** A sentence. */
  readonly problem: string;
}

const planKeys = Object.keys(planSchema.shape);
const blockKeys = Object.keys(planSchema.shape.runs.element.shape);
const VALUE_LIMIT = 60;

/** What is wrong with a study file, as sentences: a schema's own messages say what a value is to be. */
export function describeIssue(issue: Issue, given: unknown): DescribedIssue[] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    const known = path[0] === 'runs' ? blockKeys : planKeys;
    return issue.keys.map((key) => ({ keys: [...path, key], problem: `there is no "${key}" here. ${nearest(key, known)}` }));
  }
  const key = path.findLast((step) => typeof step === 'string');
  const subject = key === undefined ? 'the file' : `"${String(key)}"`;
  const value = valueAt(given, path);
  const problem =
    value === undefined
      ? `${subject} is missing; it is to be ${issue.message}.`
      : `${subject} is to be ${issue.message}, not ${shown(value)}.`;
  return [{ keys: path, problem }];
}

function nearest(key: string, known: readonly string[]): string {
  const best = known.map((name) => ({ name, edits: distance(key.toLowerCase(), name) })).sort((a, b) => a.edits - b.edits)[0]!;
  return best.edits <= 2 ? `Did you mean "${best.name}"?` : `There may be ${known.join(', ')}.`;
}

function valueAt(given: unknown, path: readonly PropertyKey[]): unknown {
  let value = given;
  for (const key of path) {
    // One value may stand for a list of one: the schema sees it at index 0.
    if (typeof key === 'number' && !Array.isArray(value)) continue;
    value = (value as Record<PropertyKey, unknown> | null | undefined)?.[key];
  }
  return value;
}

function shown(value: unknown): string {
  if (value === null) return 'empty';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > VALUE_LIMIT ? `${text.slice(0, VALUE_LIMIT)}…` : text;
}
