import { family, sampled } from './cause.js';

/** Time in Wasm, by the instructions of the loops that ran where that was counted, else of its functions’ hot loops. */
export const isa = family('isa', {
  scalar: {
    title: 'Scalar Wasm',
    meaning: 'Executing Wasm whose hot loops work on one number at a time.',
    fill: '#6db5ea',
    frames: { wasm: ['scalar'] },
    cannotBlock: true,
    evidence: sampled,
  },
  simd128: {
    title: '128-bit SIMD Wasm',
    meaning: 'Executing Wasm whose hot loops use 128-bit vectors.',
    fill: '#0072b2',
    frames: { wasm: ['simd128'] },
    cannotBlock: true,
    evidence: sampled,
  },
  relaxed: {
    title: 'Relaxed SIMD Wasm',
    meaning: 'Executing Wasm whose hot loops use relaxed SIMD, such as fused multiply-add.',
    fill: '#4a63c8',
    frames: { wasm: ['relaxed'] },
    cannotBlock: true,
    evidence: sampled,
  },
  atomic: {
    title: 'Atomic Wasm',
    meaning: 'Executing Wasm whose hot loops are atomic operations that do work.',
    fill: '#7382be',
    frames: { wasm: ['atomic'] },
    cannotBlock: true,
    evidence: sampled,
  },
  unknown: {
    title: 'Wasm, instructions unknown',
    meaning: 'Executing Wasm whose module bytes are missing, so its instructions cannot be told.',
    fill: '#5f96b9',
    frames: { wasm: ['unknown'] },
    evidence: sampled,
  },
});
