import { lastPart } from '../../src/text/lastPart.js';
import type { Seen } from './seen.js';

/** A framework for which there are steps of its own. */
export type Framework = 'ort' | 'tfjs';

/** What its files are called; Transformers.js runs its models on ONNX Runtime. */
export const frameworkFiles: Readonly<Record<Framework, RegExp>> = {
  ort: /(^|[^a-z])(ort|onnxruntime|transformers)([^a-z]|$)/i,
  tfjs: /(^|[^a-z])(tfjs|tensorflow|tf)([^a-z]|$)/i,
};

/**
 * The framework that ran: as the run was asked for, or in a page by the names of the modules and scripts that took time.
 * @returns null where it is another one, not known, or two of them
 */
export function frameworkOf({ run, wasm, glue, gpu }: Pick<Seen, 'run' | 'wasm' | 'glue' | 'gpu'>): Framework | null {
  if (run) return run.framework === 'ort' || run.framework === 'tfjs' ? run.framework : null;
  const files = [
    ...(wasm?.modules ?? []).map(({ url }) => url),
    ...(glue?.scripts ?? []).flatMap(({ script }) => script ?? []),
    ...(gpu?.calls ?? []).flatMap(({ site }) => site?.script ?? []),
  ].map((url) => lastPart(url.replace(/[?#].*$/, '')));
  const found = (['ort', 'tfjs'] as const).filter((framework) => files.some((file) => frameworkFiles[framework].test(file)));
  return found.length === 1 ? found[0]! : null;
}
