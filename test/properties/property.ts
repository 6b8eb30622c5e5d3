import type fc from 'fast-check';

/** What holds of any input, however it was written. */
export interface Property {
  /** What is read. */
  readonly name: string;
  /** How many inputs are tried where there are seconds for all. */
  readonly runs: number;
  /** The property itself, of generated inputs. */
  readonly property: fc.IRawProperty<unknown>;
}

/** Longest time for one input, ms. What an input of a few kilobytes takes longer for hangs, on the slowest machine. */
export const CASE_LIMIT_MS = 20_000;

/** Errors by which an input is refused: a line for the user that says what is wrong with it. */
const REFUSALS: ReadonlySet<string> = new Set([
  'TraceError',
  'BundleError',
  'ModelError',
  'StudyError',
  'SymbolsError',
  'WasmError',
]);

/** Gives what the reading gives, or null where the input is refused. @throws everything else: a fault */
export async function orRefused<T>(read: () => T | Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof Error) || !REFUSALS.has(error.name)) throw error;
    if (error.message.trim() === '' || /\n {4}at /.test(error.message))
      throw new Error(`refused without saying why: ${error.name}`, { cause: error });
    return null;
  }
}

/** Reads one input. @throws what `read` throws, or an error if it took far too long */
export async function inTime(read: () => Promise<void>): Promise<void> {
  const begunMs = performance.now();
  await read();
  const tookMs = performance.now() - begunMs;
  if (tookMs > CASE_LIMIT_MS) throw new Error(`took ${Math.round(tookMs / 1000)} s`);
}
