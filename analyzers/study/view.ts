import type { Block, Table } from '../../src/view/block.js';

/** How a question about a study is answered. `Known` names what of the analysis it reads: the registry checks that the analysis has it. */
export interface StudyView<Known> {
  /** Anchor in the report; never from data. */
  readonly id: string;
  readonly title: string;
  /** What was found, in sentences with numbers; the report and the terminal begin with those of all questions. */
  readonly findings: (known: Known) => readonly string[];
  /** The section of the report; empty where nothing is known. */
  readonly blocks: (known: Known) => readonly Block[];
  /** Its part of the terminal; empty where there is nothing to say. */
  readonly brief: (known: Known) => readonly Block[];
  /** For other tools: each is written as CSV and Arrow, even without rows, under its caption as the file's name. */
  readonly tables: (known: Known) => readonly Table[];
}

/** Items as a sentence lists them: "a", "a and b", "a, b and c". */
export function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
