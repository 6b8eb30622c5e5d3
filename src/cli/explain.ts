import { AttachError } from '../../collectors/attach/attachError.js';
import { BisectError } from '../../collectors/bisect/bisectError.js';
import { BuildError } from '../../collectors/builds/buildError.js';
import { ModelError } from '../../models/modelError.js';
import { MissingInputError } from '../bundle/bundleFiles.js';
import { inertText } from '../text/inertText.js';

/** Exit codes of the process. Scripts and CI rely on these. */
export const exitCodes = {
  done: 0,
  failed: 1,
  /** What was typed cannot be meant: an unknown option, options that exclude each other, a name of nothing that exists. */
  wrongUsage: 2,
  /** A limit that the user set on the result was exceeded. */
  limitExceeded: 3,
  /** Convention of shells for a process that a signal ended: 128 + the signal's number. */
  interrupted: 130,
  terminated: 143,
} as const;

/** The command line names something that does not exist, or its parts do not fit together. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const EXPECTED = new Set([
  'BundleError',
  'StudyError',
  'SymbolsError',
  'TraceError',
  'ModelError',
  'LabelsError',
  'CollectError',
  'AttachError',
  'BaselineError',
  'BisectError',
  'BuildError',
  'CompareError',
  'NotebookError',
  'UsageError',
  'YError',
]);
const MESSAGE_LIMIT = 4000;

/**
 * The message of a failure for the user, and the exit code. Never a stack trace; for a fault of Inferscope the message asks to
 * report it.
 */
export function explain(error: unknown): { message: string; exitCode: number } {
  if (!(error instanceof Error)) return { message: `trace: ${inertText(error, MESSAGE_LIMIT)}`, exitCode: exitCodes.failed };
  const text = error.message
    .split('\n')
    .map((line) => inertText(line, MESSAGE_LIMIT))
    .join('\n');
  if (error.name === 'AbortError') return { message: 'trace: stopped.', exitCode: exitCodes.interrupted };
  if (!EXPECTED.has(error.name)) {
    return {
      message: `trace: a fault of Inferscope itself (${error.name}): ${text}\nPlease report it with the command that you ran.`,
      exitCode: exitCodes.failed,
    };
  }
  if (error.name === 'YError') return { message: `trace: ${withHint(text)}`, exitCode: exitCodes.wrongUsage };
  const mistyped =
    error instanceof UsageError ||
    ((error instanceof BisectError || error instanceof BuildError) && error.mistyped) ||
    error instanceof MissingInputError ||
    (error instanceof ModelError && ['unknown-name', 'not-found', 'shape', 'format'].includes(error.code)) ||
    (error instanceof AttachError && ['bad-endpoint', 'remote-refused', 'bad-pattern'].includes(error.code));
  return { message: `trace: ${text}`, exitCode: mistyped ? exitCodes.wrongUsage : exitCodes.failed };
}

/** An error message of yargs, which may have several lines, as one sentence that points to the help of the command. */
export function withHint(text: string, command?: string): string {
  const line = text.replace(/\s*\n\s*/g, ' ').trim();
  return `${line}${/[.?!]$/.test(line) ? '' : '.'} See "trace ${command === undefined ? '' : `${inertText(command, 40)} `}--help".`;
}
