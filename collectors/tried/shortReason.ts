import type { HarnessFailure } from '../harness/failure.js';
import { HarnessError } from '../harness/harnessError.js';
import { LimitError } from '../limitError.js';

const LONGEST = 160;

/** Why a try failed, as a clause that stands in a table. `explainFailure` says what to do as well. */
export function shortReason(error: Error): string {
  if (error instanceof HarnessError) return causes[error.failure.kind](error.failure as never);
  if (error instanceof LimitError) return error.message;
  const line = error.message.replace(/^In the browser, /, '').split('\n', 1)[0]!;
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1).trimEnd()}…` : line;
}

const NEEDS = { webgpu: 'WebGPU', webgl: 'WebGL' } as const;

const causes: { readonly [Kind in HarnessFailure['kind']]: (failure: Extract<HarnessFailure, { kind: Kind }>) => string } = {
  operator: ({ operator }) => `lacks the operator ${operator}`,
  lost: ({ api }) => `the ${NEEDS[api]} device was lost`,
  'no-device': ({ api }) => `this browser has no ${NEEDS[api]}`,
  'too-large': ({ api }) => `needs more memory, or larger buffers, than ${NEEDS[api]} gives`,
  'wasm-memory': () => 'most likely ran out of Wasm’s memory',
};
