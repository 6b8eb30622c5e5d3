import { expect } from 'vitest';
import type { Comparison } from './compareWithLog.js';

const UNATTRIBUTED = 0.15;
/** While the Wasm of this page tiers up, V8's sampler may get no core for as long as all of its 20 short inferences take. */
const UNATTRIBUTED_OF: Readonly<Record<string, number>> = { 'transformers-wasm': 0.3 };

/**
 * What is found in a page agrees with what the page wrote down.
 * @param wanted least recall and precision. It is for a machine that is busy with other tests, which take a thread's core in the middle of what it
 *   does; what is asked for where nothing else runs is in test/planted/pages
 */
export function expectAgreement(
  id: string,
  { analysis, recall, precision, logged, found, apartMs }: Comparison,
  wanted: number,
): void {
  const { confidence, source } = analysis.inferences!;
  const { unattributedShare } = analysis.partition!;
  process.stdout.write(
    `${id}: recall ${recall.toFixed(2)}, precision ${precision.toFixed(2)} of ${logged}, unattributed ${unattributedShare.toFixed(3)}, confidence ${confidence!.toFixed(2)}, ${source!.slice(0, 60)}\n`,
  );
  const about = `of ${logged} logged and ${found} found, whose begins are ${apartMs} ms apart`;
  expect(recall, about).toBeGreaterThanOrEqual(wanted);
  expect(precision, about).toBeGreaterThanOrEqual(wanted);
  expect(unattributedShare).toBeLessThanOrEqual(UNATTRIBUTED_OF[id] ?? UNATTRIBUTED);
  expect(confidence).toBeGreaterThan(0);
  expect(analysis.latency!.prediction!.n).toBeGreaterThan(2);
}
