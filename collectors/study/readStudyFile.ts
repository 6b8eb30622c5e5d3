import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type Document, LineCounter, parseDocument } from 'yaml';
import { describeIssue } from './describeIssue.js';
import { nodePosition } from './nodePosition.js';
import { StudyError } from './studyError.js';
import { planSchema, type StudyPlan } from './studyPlan.js';

export interface StudyFile {
  readonly path: string;
  readonly plan: StudyPlan;
  /** Of the file's content. */
  readonly sha256: string;
  /** File and line of a value, e.g. of `['runs', 0, 'models', 1]`, to begin a message with. */
  place(path: readonly PropertyKey[]): string;
}

const MOST_BYTES = 2 ** 20;
/** More is a page of messages that nobody reads. */
const MOST_ISSUES = 10;

/** @throws StudyError that names file and line, if the file cannot be read or is no study */
export async function readStudyFile(path: string): Promise<StudyFile> {
  const content = await readFile(path).catch((error: Error) => {
    throw new StudyError(`${path} cannot be read: ${error.message}. Check the path.`);
  });
  if (content.length > MOST_BYTES) throw new StudyError(`${path} is larger than 1 MB, so it is no study file. Check the path.`);
  const lines = new LineCounter();
  const document = parseDocument(content.toString('utf8'), { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): string => `${path}:${lines.linePos(offset).line}`;
  const place = (keys: readonly PropertyKey[]): string => at(nodePosition(document.contents, keys));
  const [error] = document.errors;
  if (error) throw new StudyError(`${at(error.pos[0])}: this is not YAML: ${sentence(error.message)} Mend that line.`);
  const given = asData(document, path);
  const result = planSchema.safeParse(given);
  if (!result.success) {
    const problems = result.error.issues.flatMap((issue) =>
      describeIssue(issue, given).map(({ keys, problem }) => `${place(keys)}: ${problem}`),
    );
    const shown = [...new Set(problems)];
    const more = shown.length > MOST_ISSUES ? [`… and ${shown.length - MOST_ISSUES} more.`] : [];
    throw new StudyError([...shown.slice(0, MOST_ISSUES), ...more].join('\n'));
  }
  return { path, plan: result.data, sha256: createHash('sha256').update(content).digest('hex'), place };
}

function asData(document: Document, path: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    // Aliases that multiply.
    throw new StudyError(`${path} cannot be read: ${sentence((error as Error).message)} Write out what its aliases stand for.`);
  }
}

const sentence = (text: string): string => (/[.?!]$/.test(text) ? text : `${text}.`);
