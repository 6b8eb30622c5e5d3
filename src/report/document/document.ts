import type { Note } from '../../../analyzers/question.js';
import type { Block, Line } from '../../view/block.js';

/**
 * A document that answers one question, as a search among builds or a comparison: what its page, its Markdown and its lines in a terminal
 * are made of. All text may come from outside: it is untrusted.
 */
export interface AnsweredDocument {
  readonly title: string;
  /** What ran, on what. */
  readonly details: string;
  /** What a reader should know first, if something is wrong. */
  readonly alarms: readonly string[];
  /** The answer. */
  readonly sentences: readonly string[];
  readonly section: { readonly id: string; readonly title: string; readonly blocks: readonly Block[] };
  /** The same in a few lines. */
  readonly lines: readonly Line[];
  readonly notes: readonly Note[];
  /** The machine, the browser, and what was asked: terms and what they are. */
  readonly method: readonly (readonly [term: string, text: string])[];
}
