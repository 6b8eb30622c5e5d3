import type { Analysis } from '../../analyzers/index.js';
import type { StudyAnalysis } from '../../analyzers/study/index.js';
import { inertText } from '../text/inertText.js';
import { type Attachment, bytesOf } from './attachment.js';
import { tableIn, texts } from './columns.js';
import type { Tables } from './tables.js';

/**
 * The analysis of a run or a trace: what `trace analyze --json` prints. Times are ms, shares fractions of 1, null is not known.
 * @throws Error if the file is none, or that of a study
 */
export async function analysis(attachment: Attachment): Promise<Analysis> {
  const read = await runOrStudy(attachment);
  if (isStudy(read)) throw new Error('This is the analysis of a study: read it with study().');
  return read;
}

/**
 * The analysis of a study: what `trace analyze <study> --json` prints.
 * @throws Error if the file is none
 */
export async function study(attachment: Attachment): Promise<StudyAnalysis> {
  const read = await runOrStudy(attachment);
  if (!isStudy(read)) throw new Error('This is the analysis of a run, not of a study: read it with analysis().');
  return read;
}

/**
 * Either of the two, for notebooks that take both; `isStudy` tells them apart. Names in it come from pages and traces, so what is
 * invisible in them is shown as an escape.
 */
export async function runOrStudy(attachment: Attachment): Promise<Analysis | StudyAnalysis> {
  const text = new TextDecoder().decode(await bytesOf(attachment));
  const inert = (value: string): string => inertText(value, TEXT_LIMIT);
  const read = JSON.parse(text, (key, value: unknown) => {
    if (typeof value !== 'string') return value;
    // Code of a step, which is ours, has lines.
    return key === 'code' ? value.split('\n').map(inert).join('\n') : inert(value);
  });
  if (read?.schema === RUN || read?.schema === STUDY) return read;
  throw new Error(`This is no analysis of this version, which is ${RUN} or ${STUDY}. Run trace notebook again.`);
}

/** Longest text. */
const TEXT_LIMIT = 4000;

const RUN = 'inferscope.analysis/1';
const STUDY = 'inferscope.study-analysis/1';

export const isStudy = (read: Analysis | StudyAnalysis): read is StudyAnalysis => read.schema === STUDY;

/** Why a part of the analysis is null, as a sentence: `whyUnknown(run, "memory")`. */
export function whyUnknown(run: Tables<'unknowns'>, part: keyof Analysis): string {
  const table = tableIn(run, 'unknowns');
  const [of, text] = [texts(table, 'of'), texts(table, 'text')];
  for (let row = 0; row < table.totalRows(); row++) if (of.at(row) === part) return inertText(text.at(row), 600);
  return 'This does not apply to what was recorded.';
}
