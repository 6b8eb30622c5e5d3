import type { CauseId } from '../causes.js';

/**
 * What the GPU process does with commands of the page, by the slices of Dawn, ANGLE and the command buffer; all else that it does with them
 * is decoding and validating. https://chromium.googlesource.com/angle/angle/+/refs/heads/main/src/libANGLE/renderer/vulkan/ and
 * https://dawn.googlesource.com/dawn/+/refs/heads/main/src/dawn/native/
 */
const RULES: readonly (readonly [pattern: RegExp, cause: CauseId])[] = [
  // The thread sleeps until the device is done.
  [
    /^(ContextVk::finish|CommandQueue::(finish|wait)|Renderer::finish|FenceVk|SyncHelper.*Wait|.*::WaitForSerial)/i,
    'gpu.execute',
  ],
  [
    /CreateComputePipeline|CreateRenderPipeline|CreatePipelineAsync|ShaderModule|^tint::|Compile|Link|Translat|ProgramExecutable|PipelineCache/,
    'gpu.compile',
  ],
  [/[Rr]eadPixels|Upload|WriteBuffer|WriteTexture|StageUpdate|stageSubresource|GetMappedRange|MapAsync/, 'gpu.transfer'],
];

/** The cause that a slice of this name in the GPU process is by itself; null: what is around it decides. */
export function gpuProcessCause(name: string): CauseId | null {
  return RULES.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}
