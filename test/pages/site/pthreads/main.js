import { inferenceLoop } from '../inferenceLoop.js';

const ROUNDS = 10_000;
// What model.js makes, as Emscripten's output does without -sMODULARIZE.
const { Module } = globalThis;

inferenceLoop({ load: () => Module.ready, infer: () => Module._infer(ROUNDS) });
