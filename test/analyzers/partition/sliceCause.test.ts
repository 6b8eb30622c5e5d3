import { expect, test } from 'vitest';
import { sliceCause } from '../../../analyzers/partition/sliceCause.js';

test.each([
  ['wasm.GrowMemory', 'runtime.memory'],
  ['V8.WasmGrowSharedMemory', 'runtime.memory'],
  ['wasm.CompileLazy', 'runtime.compile'],
  ['wasm.LogCode', 'runtime.compile'],
  ['V8.LogCode', 'runtime.compile'],
  ['V8.CompileIgnition', 'runtime.compile'],
  ['V8.TFGraphCreation', 'runtime.compile'],
  ['v8.compileModule', 'runtime.compile'],
  ['V8.WasmCodeGC', 'runtime.gc'],
  ['wasm.FreeDeadCode', 'runtime.gc'],
  ['MajorGC', 'runtime.gc'],
  ['V8.GC_SCAVENGER', 'runtime.gc'],
  ['BlinkGC.AtomicPhase', 'runtime.gc'],
  ['v8.callFunction', null],
  ['FunctionCall', null],
  ['RunTask', null],
  ['my wasm.CompileLazy', null],
  ['constructor', null],
  ['', null],
])('a slice named %s is the cause %s', (name, cause) => {
  expect(sliceCause(name)).toBe(cause);
});
