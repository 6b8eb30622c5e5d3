import { expect, test } from 'vitest';
import { gpuProcessCause, gpuWait, sliceCause } from '../../../../analyzers/partition/causes/rules.js';

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

test.each([
  ['GLES2::GetShaderiv', 'gpu.compile'],
  ['GLES2Implementation::GetProgramiv', 'gpu.compile'],
  ['GLES2::ReadPixels', 'gpu.sync'],
  ['CommandBufferHelper::Finish', 'gpu.sync'],
  ['CommandBufferProxyImpl::WaitForGetOffset', 'gpu.sync'],
  ['CommandBufferProxyImpl::WaitForToken', 'gpu.transfer'],
  ['DawnClientSerializer::GetCommandSpace', 'gpu.ipc'],
  ['DawnClientSerializer::Flush', null],
  ['RunTask', null],
])('a thread in a slice named %s waits for the GPU process: %s', (name, wait) => {
  expect(gpuWait(name)).toBe(wait);
});

test.each([
  ['ContextVk::finishImpl', 'gpu.execute'],
  ['CommandQueue::waitForResourceUseToFinishWithUserTimeout', 'gpu.execute'],
  ['DeviceBase::APICreateComputePipeline', 'gpu.compile'],
  ['ProgramExecutableVk::warmUpPipelineCache', 'gpu.compile'],
  ['Queue::WriteBuffer', 'gpu.transfer'],
  ['Renderer::cleanupGarbage', null],
])('a slice of the GPU process named %s is the cause %s', (name, cause) => {
  expect(gpuProcessCause(name)).toBe(cause);
});
