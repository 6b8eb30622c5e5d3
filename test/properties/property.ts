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

/** Longest time of a core for one input, ms. What takes longer than that for a few kilobytes hangs. */
const CASE_LIMIT_MS = 20_000;

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
  const begun = process.cpuUsage();
  await read();
  // Of this process, as others may keep the machine busy for longer than that.
  const { user, system } = process.cpuUsage(begun);
  const tookMs = (user + system) / 1000;
  if (tookMs > CASE_LIMIT_MS) throw new Error(`took ${Math.round(tookMs / 1000)} s`);
}
