import type { CauseId } from '../../partition/causes.js';

/** What a thread waits for that is blocked in a call of the GPU's API, as long as nothing better is known. */
export type GpuWait = Extract<CauseId, 'gpu.sync' | 'gpu.compile' | 'gpu.transfer' | 'gpu.ipc'>;

/**
 * Names of slices in which the caller of a GPU API sleeps until the GPU process answers. All are Chrome's own:
 * https://chromium.googlesource.com/chromium/src/+/refs/heads/main/gpu/command_buffer/client/
 */
const RULES: readonly (readonly [pattern: RegExp, wait: GpuWait])[] = [
  [/^GLES2(Implementation)?::Get(Shader|Program)/, 'gpu.compile'],
  // Room in the memory through which bytes go, which the GPU process gives back when it has taken them.
  [/^CommandBufferProxyImpl::WaitForToken$/, 'gpu.transfer'],
  [
    /^(GLES2(Implementation)?::|ImplementationBase::WaitForCmd|CommandBufferHelper::Finish|CommandBufferProxyImpl::WaitFor)/,
    'gpu.sync',
  ],
  // Room in the buffer of commands, which the GPU process has to empty.
  [/^DawnClientSerializer::GetCommandSpace$/, 'gpu.ipc'],
];

/** What a thread waits for in a slice of this name; null if it does not wait for the GPU process. */
export function gpuWait(name: string): GpuWait | null {
  return RULES.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}
