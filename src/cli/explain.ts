import { AttachError } from '../../collectors/attach/attachError.js';
import { ModelError } from '../../models/modelError.js';
import { inertText } from '../text/inertText.js';
import { exitCodes } from './exitCodes.js';
import { UsageError } from './usageError.js';
import { withHint } from './withHint.js';

const EXPECTED = new Set([
  'BundleError',
  'StudyError',
  'SymbolsError',
  'TraceError',
  'ModelError',
  'CollectError',
  'AttachError',
  'BaselineError',
  'UsageError',
  'YError',
]);
const MESSAGE_LIMIT = 4000;

/** What to tell the user of a failure, and what to exit with. Never a stack trace; of a fault of our own, where to report it. */
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
    (error instanceof ModelError && ['unknown-name', 'shape', 'format'].includes(error.code)) ||
    (error instanceof AttachError && ['bad-endpoint', 'remote-refused', 'bad-pattern'].includes(error.code));
  return { message: `trace: ${text}`, exitCode: mistyped ? exitCodes.wrongUsage : exitCodes.failed };
}
