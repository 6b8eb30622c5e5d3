import { formatShare } from '../../../src/view/format.js';
import { isa } from '../../partition/causes/index.js';
import { simdCode } from '../code.js';
import { runCommand } from '../command.js';
import { frameworkOf } from '../framework.js';
import type { Seen } from '../seen.js';
import { atMost, type Candidate, candidate } from '../step.js';

/** With less time in scalar code SIMD has little to gain. */
const MIN_SHARE = 0.1;
/** Wasm without SIMD. Relaxed SIMD is no step: it gains or costs, by module and processor, and was not measured. */
export function buildSteps(seen: Seen): Candidate[] {
  const { run, instructionSet, partition } = seen;
  const isAsked = run?.simd === false;
  if (!isAsked && instructionSet?.simd128.held !== false) return [];
  const scalar = partition?.causes.find(({ id }) => id === isa.scalar.id);
  if (!scalar || scalar.share < MIN_SHARE) return [];
  const framework = frameworkOf(seen);
  return [
    candidate({
      id: 'build.simd',
      title: isAsked ? 'Use the framework’s modules with SIMD' : 'Use a build with SIMD: the module that ran has none',
      // Not three quarters of it, as vectors of four floats suggest: MobileNetV2 in TF.js saves 83 % (docs/study.md), by other kernels.
      saves: atMost('prediction', scalar.ms),
      basis: `${formatShare(scalar.share)} of the time is scalar Wasm. Vectors hold four floats, and modules with SIMD have other kernels too: of that time all could be saved, and not more.`,
      who: isAsked || framework !== null ? 'you' : 'framework',
      command: run ? runCommand(run, { simd: 'on' }) : null,
      code: simdCode(framework),
      evidence: instructionSet ? [instructionSet.simd128.why] : [],
      knob: 'simd',
    }),
  ];
}
