import { formatBytes } from '../../../src/view/format.js';
import type { InferenceMemory } from '../../pageState/inferenceMemory.js';
import { growthText, memoryTitle } from '../../pageState/words.js';
import { type Framework, frameworkOf } from '../framework.js';
import type { Seen } from '../seen.js';
import { type Candidate, candidate } from '../step.js';

/** What frees memory of tensors; how is the framework's matter. */
const DISPOSE: Readonly<Record<Framework, string>> = {
  tfjs: 'tf.tidy(() => model.predict(input)); // and dispose() for tensors that are kept',
  ort: 'tensor.dispose(); await session.release(); // of what is no longer needed',
};
const HEAP =
  'Something still refers to them: a list of results, a cache, a listener. A heap snapshot of DevTools’ Memory panel says what.';

/** Memory that grows with each inference. */
export function memorySteps(seen: Seen): Candidate[] {
  const framework = frameworkOf(seen);
  return (seen.inferenceMemory ?? []).flatMap((one) => (one.growth ? [leak(one, one.growth, framework)] : []));
}

function leak(one: InferenceMemory, growth: NonNullable<InferenceMemory['growth']>, framework: Framework | null): Candidate {
  return candidate({
    id: `memory.${one.of}`,
    title: `Free what each inference makes: ${memoryTitle(one)} grows by ${formatBytes(growth.bytesPerInference)} each time`,
    saves: { of: 'memory', ms: null, ci95Ms: null, bytes: growth.bytesPerInference, kind: 'measured' },
    basis: `${memoryTitle(one)} ${growthText(one, growth)}`,
    who: 'you',
    code: one.of === 'heap' ? HEAP : framework && DISPOSE[framework],
    evidence: [one.thread],
    rank: 'symptom',
  });
}
