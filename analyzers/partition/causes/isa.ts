import { inertText } from '../../../src/text/inertText.js';
import { formatShare } from '../../../src/view/format.js';
import { family, sampled } from './cause.js';

/** Time in Wasm functions, by the instructions of their hot loops. */
export const isa = family('isa', {
  scalar: {
    title: 'Scalar Wasm',
    meaning: 'Executing Wasm functions whose hot loops work on one number at a time.',
    fill: '#6db5ea',
    frames: { wasm: ['scalar'] },
    cannotBlock: true,
    evidence: sampled,
    advice: {
      rank: 4,
      fromShare: 0.15,
      text({ id, share }, { wasm }) {
        const top = wasm?.functions.find(({ cause }) => cause === id);
        return top
          ? `${formatShare(share)} of the time goes to functions without vector loops, most of all ${inertText(top.name, 60)}: which operator calls it, and has it a vectorized kernel?`
          : null;
      },
    },
  },
  simd128: {
    title: '128-bit SIMD Wasm',
    meaning: 'Executing Wasm functions whose hot loops use 128-bit vectors.',
    fill: '#0072b2',
    frames: { wasm: ['simd128'] },
    cannotBlock: true,
    evidence: sampled,
    /** Wasm has 128-bit vectors, and fused multiply-add only in relaxed SIMD. https://github.com/WebAssembly/relaxed-simd */
    advice: {
      rank: 5,
      fromShare: 0.2,
      text({ share }, { wasm, machine }) {
        const relaxed = wasm?.modules.some(({ features }) => features?.includes('relaxed-simd'));
        if (relaxed || !machine?.vectorFeatures?.includes('fma')) return null;
        return `${formatShare(share)} of the time goes to 128-bit vectors without fused multiply-add, which this CPU has: a build with relaxed SIMD could use it.`;
      },
    },
  },
  relaxed: {
    title: 'Relaxed SIMD Wasm',
    meaning: 'Executing Wasm functions whose hot loops use relaxed SIMD, such as fused multiply-add.',
    fill: '#4a63c8',
    frames: { wasm: ['relaxed'] },
    cannotBlock: true,
    evidence: sampled,
  },
  atomic: {
    title: 'Atomic Wasm',
    meaning: 'Executing Wasm functions whose hot loops are atomic operations that do work.',
    fill: '#8296ad',
    frames: { wasm: ['atomic'] },
    cannotBlock: true,
    evidence: sampled,
  },
  unknown: {
    title: 'Wasm, instructions unknown',
    meaning: 'Executing Wasm whose module bytes are missing, so its instructions cannot be told.',
    fill: '#5f7fa0',
    frames: { wasm: ['unknown'] },
    evidence: sampled,
  },
});
