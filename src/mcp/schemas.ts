import { z } from 'zod';
import type { Analysis } from '../../analyzers/index.js';
import { subjectDetails, subjectTitle } from '../report/subject.js';
import type { Interval } from '../stats/interval.js';
import { inertText } from '../text/inertText.js';

const PATH_LIMIT = 4096;
const NAME_LIMIT = 1000;

const path = z.string().min(1).max(PATH_LIMIT);
const name = z.string().min(1).max(NAME_LIMIT);

/** Input of every tool that is about one recording. */
export const ofRecording = {
  bundle: path
    .optional()
    .describe(
      'Path of a run bundle (a folder, or packed as .zip) or a Chrome trace (.json, .json.gz). Default: the newest bundle.',
    ),
  mark: name
    .optional()
    .describe('Name of the user-timing measures that are inferences, if the page makes such; * stands for any text.'),
  symbols: path
    .optional()
    .describe('File with names for a stripped Wasm module: an Emscripten symbol map, or the unstripped module.'),
};

export const top = (fallback: number) =>
  z
    .number()
    .int()
    .min(1)
    .max(50)
    .default(fallback)
    .describe(`How many rows to give, most important first. Default: ${fallback}.`);

/** Milliseconds, shares of 1 and the like. Null: not measured. */
export const amount = z.number().nullable();

/** A 95 % interval, [low, high]; null if there is none. As a list of two, which clients of every age understand. */
export const interval = z.array(z.number()).length(2).nullable();

export const intervalOf = (ends: Interval | null | undefined): number[] | null =>
  ends?.every(Number.isFinite) ? [...ends] : null;

/** What an answer is about. */
export const subject = z.object({
  path: z.string(),
  /** Model, title of the page, or name of the file. */
  what: z.string(),
  /** Framework, backend, threads, browser; or the page's address. */
  how: z.string(),
});

export const subjectOf = (analysis: Analysis): z.input<typeof subject> => ({
  path: analysis.source.name,
  what: subjectTitle(analysis),
  how: subjectDetails(analysis),
});

export const subjectLine = (analysis: Analysis): string => {
  const { path, what, how } = subjectOf(analysis);
  return `${[what, how].filter((part) => part !== '').join(' · ')} (${path})`;
};

/** Limits of texts from a recording: they are there to be recognized. */
export const shortName = (text: string): string => inertText(text, 120);
export const address = (text: string): string => inertText(text, 300);

export const verdict = z.enum(['good', 'fair', 'void']).nullable();
