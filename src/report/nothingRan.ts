import type { Analysis } from '../../analyzers/index.js';
import { errorsOf } from '../../analyzers/pageState/pageState.js';
import { textOf } from '../../analyzers/pageState/view.js';
import { inertText } from '../text/inertText.js';
import { formatPlural, plural } from '../view/format.js';

/**
 * Of a page without an inference, how far it came, and the first error that it reported: "Nothing ran: 0 Wasm modules, 0 GPU calls
 * in 15 s." Only hooks tell what a page began; without them, what was looked for stands here.
 */
export function nothingRan({ begun, inferences, pageState }: Analysis): string[] {
  const errors = pageState ? errorsOf(pageState) : [];
  const count = errors.reduce((sum, error) => sum + error.count, 0);
  const first = errors[0] && inertText(textOf(errors[0]), 400);
  return [
    begun ? begunText(begun) : `No inference found. Looked for: ${inertText((inferences?.lookedFor ?? []).join('; '), 400)}.`,
    ...(first === undefined
      ? []
      : [`The page reported ${formatPlural(count, 'error')}${count > 1 ? '; the first' : ''}: ${first}`]),
  ];
}

function begunText({ recordedMs, wasmModules, wasmCalls, gpuCalls }: NonNullable<Analysis['begun']>): string {
  const isIdle = wasmModules + wasmCalls + gpuCalls === 0;
  const calls = wasmCalls > 0 ? `, ${formatPlural(wasmCalls, 'call')} into them` : '';
  const during = recordedMs === null ? '' : ` in ${Math.round(recordedMs / 1000)} s`;
  return `${isIdle ? 'Nothing ran' : 'No inference found'}: ${plural(wasmModules, 'Wasm module')}${calls}, ${formatPlural(gpuCalls, 'GPU call')}${during}.`;
}
