import { packagedModel } from './packagedModel.js';

/** Samples per second; the model knows this and 8000, and takes 512 samples at a time of it. */
const SAMPLE_RATE = 16_000;

/** Silero VAD v6 with its trained weights: whether 32 ms of sound are speech, given the state after the 32 ms before. */
export const sileroVad = packagedModel({
  name: 'silero-vad',
  title: 'Silero VAD v6',
  task: 'speech detection',
  licence: 'MIT',
  origin: 'npm @ricky0123/vad-web (package: ISC), from github.com/snakers4/silero-vad',
  parameters: 545_280,
  defaultShapes: { input: [1, 512], state: [2, 1, 128], sr: [] },
  contents: { sr: () => SAMPLE_RATE, state: () => 0 },
  npmPackage: '@ricky0123/vad-web',
  asset: 'dist/silero_vad_v6.onnx',
});
