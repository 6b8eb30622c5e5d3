import type { View } from '../src/view/view.js';
import type { Fact, Get } from './input.js';

/** What is doubtful or missing in an analysis, or to be known about it, as a sentence for the reader. */
export interface Note {
  readonly id: string;
  /** `warning`: a number is doubtful; `lack`: a number is missing; `info`: good to know. */
  readonly level: 'warning' | 'lack' | 'info';
  readonly text: string;
}

/** One question that an analysis answers: a folder of `analyzers/`, and a line in `analyzers/index.ts`. */
export interface Question<Facts, Shown> {
  /** Facts that it adds to the analysis, by key of the JSON document. */
  readonly facts: Facts;
  /** Facts that improve its answer but are not required. If one is unknown, its reason becomes a note. */
  readonly helpedBy?: readonly Fact<unknown>[];
  /** Notes about its numbers. Missing numbers need none, as the reasons of unknown facts become notes. */
  readonly notes: (get: Get) => readonly Note[];
  /** How it is shown. */
  readonly view: View<Shown>;
}

/** Declares a question. The compiler checks that each part is there. */
export function question<Facts extends Readonly<Record<string, Fact<unknown>>>, Shown>(
  parts: Question<Facts, Shown>,
): Question<Facts, Shown> {
  return parts;
}

const ORDER: readonly Note['level'][] = ['warning', 'lack', 'info'];

/** The notes of all questions, each once: warnings, then lacks, then infos. Each level follows the order of the questions. */
export function notesOf(get: Get, questions: readonly Question<Readonly<Record<string, Fact<unknown>>>, never>[]): Note[] {
  const list = new Map<string, Note>();
  const add = (note: Note): unknown => list.set(`${note.id} ${note.text}`, note);
  for (const { facts, helpedBy = [], notes } of questions) {
    for (const each of [...Object.values(facts), ...helpedBy]) {
      const reason = get.why(each);
      if (reason) add({ level: 'lack', ...reason });
    }
    for (const note of notes(get)) add(note);
  }
  return [...list.values()].sort((a, b) => ORDER.indexOf(a.level) - ORDER.indexOf(b.level));
}

export const warning = (id: string, text: string): Note => ({ id, level: 'warning', text });
export const lack = (id: string, text: string): Note => ({ id, level: 'lack', text });
export const info = (id: string, text: string): Note => ({ id, level: 'info', text });
