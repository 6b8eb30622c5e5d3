import { createHash } from 'node:crypto';
import { distance } from 'fastest-levenshtein';
import { type Document, isMap, isNode, isPair, isScalar, isSeq, Lexer, LineCounter, Parser, parseDocument } from 'yaml';
import type { z } from 'zod';
import { readWhole } from '../../src/bundle/openFile.js';
import { planSchema, StudyError, type StudyPlan } from './studyPlan.js';

export interface StudyFile {
  readonly path: string;
  readonly plan: StudyPlan;
  /** Hash of the file's content. */
  readonly sha256: string;
  /** File and line of a value, e.g. of `['runs', 0, 'models', 1]`, as the start of a message. */
  place(path: readonly PropertyKey[]): string;
}

const MOST_BYTES = 2 ** 20;
/** More messages than this would not be read. */
const MOST_ISSUES = 10;
/** Of more the lines are not looked up, each of which takes a walk through the file. */
const MOST_DESCRIBED = 200;

/** @throws StudyError that names file and line, if the file cannot be read or is not a study */
export async function readStudyFile(path: string): Promise<StudyFile> {
  const content = await readWhole(path).catch((error: Error) => {
    throw new StudyError(`${path} cannot be read: ${error.message}. Check the path.`);
  });
  if (content.length > MOST_BYTES) throw new StudyError(`${path} is larger than 1 MB, so it is no study file. Check the path.`);
  const lines = new LineCounter();
  const document = parsed(content.toString('utf8'), path, lines);
  const at = (offset: number): string => `${path}:${lines.linePos(offset).line}`;
  const place = (keys: readonly PropertyKey[]): string => at(nodePosition(document.contents, keys));
  const [error] = document.errors;
  const twice = error ? undefined : repeatedKey(document.contents);
  const [where, what] = error ? [error.pos[0], error.message] : [twice, 'Map keys must be unique'];
  if (where !== undefined) throw new StudyError(`${at(where)}: this is not YAML: ${sentence(what)} Mend that line.`);
  const given = asData(document, path);
  const result = planSchema.safeParse(given);
  if (!result.success) {
    const issues = result.error.issues.flatMap((issue): Issue[] =>
      issue.code === 'unrecognized_keys' ? issue.keys.map((key) => ({ ...issue, keys: [key] })) : [issue],
    );
    const problems = issues
      .slice(0, MOST_DESCRIBED)
      .flatMap((issue) => describeIssue(issue, given).map(({ keys, problem }) => `${place(keys)}: ${problem}`));
    const shown = [...new Set(problems)];
    const count = shown.length + Math.max(0, issues.length - MOST_DESCRIBED);
    const more = count > MOST_ISSUES ? [`… and ${count - MOST_ISSUES} more.`] : [];
    throw new StudyError([...shown.slice(0, MOST_ISSUES), ...more].join('\n'));
  }
  return { path, plan: result.data, sha256: createHash('sha256').update(content).digest('hex'), place };
}

/** A study file has a few levels; the library calls itself for each. */
const MOST_LEVELS = 100;
/** For each alias the library walks through the whole file. */
const MOST_ALIASES = 100;

/** @throws StudyError if reading it would take far longer than a study file does */
function parsed(text: string, path: string, lineCounter: LineCounter): Document {
  const parser = new Parser();
  let aliases = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const _ of parser.next(lexeme));
    if (parser.stack.length > MOST_LEVELS) {
      throw new StudyError(`${path} cannot be read: its lists and maps are nested too deeply. A study file has a few levels.`);
    }
    if (lexeme.startsWith('*')) aliases++;
    if (aliases > MOST_ALIASES) {
      throw new StudyError(
        `${path} cannot be read: it has more than ${MOST_ALIASES} aliases. Write out what its aliases stand for.`,
      );
    }
  }
  // The library's own test for keys that stand twice compares each with all before it: repeatedKey does not.
  return parseDocument(text, { lineCounter, prettyErrors: false, uniqueKeys: false });
}

/** Where in the text a key stands that its map has already. */
function repeatedKey(root: unknown): number | undefined {
  const open: unknown[] = [root];
  while (open.length > 0) {
    const node = open.pop();
    if (isMap(node) || isSeq(node)) for (const item of node.items) open.push(item);
    else if (isPair(node)) open.push(node.key, node.value);
    if (!isMap(node)) continue;
    const known = new Set<unknown>();
    for (const { key } of node.items) {
      if (!isScalar(key)) continue;
      if (known.has(key.value)) return startOf(key);
      known.add(key.value);
    }
  }
  return undefined;
}

function asData(document: Document, path: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    // Aliases that expand too much.
    throw new StudyError(`${path} cannot be read: ${sentence((error as Error).message)} Write out what its aliases stand for.`);
  }
}

const sentence = (text: string): string => (/[.?!]$/.test(text) ? text : `${text}.`);

type Issue = z.core.$ZodIssue;

export interface DescribedIssue {
  /** Path of the value that it is about. */
  readonly keys: readonly PropertyKey[];
  /** The problem, as a sentence. */
  readonly problem: string;
}

const planKeys = Object.keys(planSchema.shape);
const blockKeys = Object.keys(planSchema.shape.runs.element.shape);
const VALUE_LIMIT = 60;

/** The problems of a study file, as sentences. A schema's own messages say what a value must be. */
function describeIssue(issue: Issue, given: unknown): DescribedIssue[] {
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
    // A single value may replace a list of one: the schema sees it at index 0.
    if (typeof key === 'number' && !Array.isArray(value)) continue;
    value = (value as Record<PropertyKey, unknown> | null | undefined)?.[key];
  }
  return value;
}

function shown(value: unknown): string {
  if (value === null) return 'empty';
  let text: string;
  try {
    text = JSON.stringify(value) ?? String(value);
  } catch {
    // An alias may stand inside what it stands for.
    return 'something that holds itself, or is nested too deeply';
  }
  return text.length > VALUE_LIMIT ? `${text.slice(0, VALUE_LIMIT)}…` : text;
}

/**
 * Position of a value in a YAML text. For a path that leads to nothing, it is the position of the last value on the path.
 * @param root the document's contents
 * @returns offset in characters
 */
function nodePosition(root: unknown, path: readonly PropertyKey[]): number {
  let node = root;
  let position = startOf(root) ?? 0;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => String(isScalar(item.key) ? item.key.value : item.key) === String(key));
      if (!pair) break;
      // The key's line is more helpful than that of a value that may begin below it.
      position = startOf(pair.key) ?? position;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      position = startOf(node) ?? position;
    } else {
      break;
    }
  }
  return position;
}

const startOf = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined);
