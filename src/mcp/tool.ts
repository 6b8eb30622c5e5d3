import type { z } from 'zod';
import type { Progress } from '../../collectors/progress.js';
import type { Recordings } from './recordings.js';

/** What a tool works with, beside its input. */
export interface ToolContext {
  /** Analyses of the recordings that are asked about. */
  readonly recordings: Recordings;
  readonly progress: Progress;
  /** Aborted if the client cancels or goes; its reason says who stopped it, as "the client". */
  readonly signal: AbortSignal;
}

/** The same facts twice: as data for a program, and as short text. */
export interface Answer<Data> {
  readonly data: Data;
  /** One or two sentences of ours. Nothing from a recording may stand in them. */
  readonly head: string;
  /** Lines that may hold names from a recording. They are fenced, and cut where they are too many. */
  readonly lines: readonly string[];
  /** What to ask next, and for what is left out. Ours alone, as the head. */
  readonly next: string;
}

/** One question that an agent can ask. */
export interface Tool<Input extends z.ZodObject, Output extends z.ZodObject> {
  readonly name: string;
  readonly title: string;
  /** When to use it and what it answers, for an agent that chooses among tools. */
  readonly description: string;
  readonly input: Input;
  readonly output: Output;
  /** False if it records something new; all others only read. */
  readonly readOnly: boolean;
  answer(input: z.output<Input>, context: ToolContext): Promise<Answer<z.input<Output>>>;
}

/** Declares a tool. The compiler checks its answer against its schemas. */
export const tool = <Input extends z.ZodObject, Output extends z.ZodObject>(parts: Tool<Input, Output>): Tool<Input, Output> =>
  parts;
