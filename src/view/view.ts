import type { Block, Line, Table } from './block.js';

/**
 * How a question is answered to a reader. `Known` names the parts of the analysis that the view reads, such as `{ frames:
 * FrameCounts | null }`: the registry checks that the analysis has them.
 */
export interface View<Known> {
  /** Anchor in the report; never from data. */
  readonly id: string;
  readonly title: string;
  /** What its numbers mean, one sentence each: rows of the report's glossary. */
  readonly words: Readonly<Record<string, string>>;
  /** The section of the report; empty where nothing is known. */
  readonly blocks: (known: Known) => readonly Block[];
  /** Its lines in the terminal; empty where there is nothing to say. */
  readonly brief: (known: Known) => readonly Line[];
  /** What stands above these lines in columns of its own; null where there is nothing to say. */
  readonly briefTable?: (known: Known) => Table | null;
}
