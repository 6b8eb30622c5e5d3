import type { View } from '../src/view/view.js';
import type { Fact, Get } from './input.js';

/** What could not be measured or is doubtful, for the reader. */
export interface Note {
  readonly id: string;
  /** `warning`: a number above is doubtful; `lack`: a number is missing. */
  readonly level: 'warning' | 'lack' | 'info';
  readonly text: string;
}

/** One question that an analysis answers: a folder of `analyzers/`, and a line of its registry. */
export interface Question<Facts, Shown> {
  /** What it adds to the analysis, by key of the JSON document. */
  readonly facts: Facts;
  /** Facts that its answer can do without, but is poorer for: where one is unknown, its reason becomes a note. */
  readonly helpedBy?: readonly Fact<unknown>[];
  /** Doubts about its numbers. What is missing altogether is told by the reasons of its facts. */
  readonly notes: (get: Get) => readonly Note[];
  /** How it is shown; `report`: by hand in src/report, until it is ported. */
  readonly view: View<Shown> | 'report';
}

/** Declares a question: the compiler asks for each of its parts. */
export function question<Facts extends Readonly<Record<string, Fact<unknown>>>, Shown>(
  parts: Question<Facts, Shown>,
): Question<Facts, Shown> {
  return parts;
}

const ORDER: readonly Note['level'][] = ['warning', 'lack', 'info'];

/** The notes of all questions, each once: warnings first, then what is missing; of one level in the order of the questions. */
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
