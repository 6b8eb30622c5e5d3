import { gpuFrameNames } from '../../../src/bundle/gpuNames.js';
import { type DeviceTimes, family, type Seen, sampled } from './cause.js';

/**
 * Sending work to the device, computing it, and reading results back. Rules on slices follow the sources of Chromium, ANGLE and
 * Dawn: https://chromium.googlesource.com/chromium/src/+/refs/heads/main/gpu/command_buffer/client/,
 * https://chromium.googlesource.com/angle/angle/+/refs/heads/main/src/libANGLE/renderer/vulkan/ and
 * https://dawn.googlesource.com/dawn/+/refs/heads/main/src/dawn/native/
 */
export const gpu = family('gpu', {
  encode: {
    title: 'Encoding for the GPU',
    meaning: 'The page recording commands through WebGPU or WebGL.',
    fill: '#b5e6d0',
    frames: { gpuCalls: [gpuFrameNames.encode] },
    evidence: sampled,
  },
  ipc: {
    title: 'On the way to the GPU process',
    meaning: 'Handing commands over, and waiting until the GPU process takes them up.',
    fill: '#4cd0d6',
    // Sending recorded commands to the GPU process.
    slices: ['DawnClientSerializer::Flush', 'CommandBufferHelper::Flush', 'CommandBufferProxyImpl::Flush', 'GpuChannel::Flush'],
    // Waiting until the GPU process has freed space in the command buffer.
    waits: ['DawnClientSerializer::GetCommandSpace'],
    frames: { gpuCalls: [gpuFrameNames.submit] },
    evidence: orAnswered('waiting before the GPU process took commands up'),
  },
  /** Work of the GPU process on the page's commands that no other rule claims; see activity/gpu/timeline.ts. */
  validate: {
    title: 'Validating GPU commands',
    meaning: 'The GPU process decoding, checking and translating commands while the page waits.',
    fill: '#0f5c63',
    evidence: orAnswered('tasks of the GPU process with commands of this thread, while it waited'),
  },
  compile: {
    title: 'Compiling shaders',
    meaning: 'Translating shaders, and making programs and pipelines of them, in the page or while it waits.',
    fill: '#4b6420',
    waits: [/^GLES2(Implementation)?::Get(Shader|Program)/],
    gpuProcess: [
      /CreateComputePipeline|CreateRenderPipeline|CreatePipelineAsync|ShaderModule|^tint::|Compile|Link|Translat|ProgramExecutable|PipelineCache/,
    ],
    frames: { gpuCalls: [gpuFrameNames.compile] },
    evidence: orAnswered('shaders and pipelines made in the GPU process while this thread waited for them'),
  },
  sync: {
    title: 'GPU round trips',
    meaning: 'Waiting for an answer of the GPU process when neither it nor the device does anything for the page.',
    fill: '#64c766',
    waits: [
      /^(GLES2(Implementation)?::|ImplementationBase::WaitForCmd|CommandBufferHelper::Finish|CommandBufferProxyImpl::WaitFor)/,
    ],
    frames: { gpuCalls: [gpuFrameNames.sync] },
    evidence: orAnswered('waiting when neither the GPU process nor the device did anything for it'),
  },
  transfer: {
    title: 'Uploads and read-back',
    meaning: 'Moving bytes between the page and the GPU.',
    fill: '#cfe87f',
    // Waiting until the GPU process has freed space in the transfer buffer.
    waits: ['CommandBufferProxyImpl::WaitForToken'],
    gpuProcess: [/[Rr]eadPixels|Upload|WriteBuffer|WriteTexture|StageUpdate|stageSubresource|GetMappedRange|MapAsync/],
    frames: { gpuCalls: [gpuFrameNames.transfer] },
    evidence: orAnswered('reading back and uploading in the GPU process while this thread waited'),
  },
  execute: {
    title: 'GPU computing',
    meaning: 'The device computing while the page waits for it.',
    fill: '#009e73',
    // The thread of the GPU process waits for the device in them.
    gpuProcess: [/^(ContextVk::finish|CommandQueue::(finish|wait)|Renderer::finish|FenceVk|SyncHelper.*Wait|.*::WaitForSerial)/i],
    evidence: (seen) => orAnswered(deviceText(seen.device))(seen),
  },
});

/** Evidence of the page's own thread; if time on the critical path is of this cause, `waiting` says what shows that. */
function orAnswered(waiting: string): (seen: Seen) => string | null {
  return ({ own, stretches }) => {
    if (stretches === 0) return own;
    return own === null ? waiting : `${own}; ${waiting}`;
  };
}

function deviceText({ stamped, elapsed, clockErrorMs }: DeviceTimes): string {
  if (stamped > 0) {
    const known = clockErrorMs === null ? '' : `, known on the trace’s clock to ${clockErrorMs.toFixed(1)} ms`;
    return `${stamped} passes of the whole trace, by the device’s own timestamps${known}`;
  }
  if (elapsed > 0) {
    return `${elapsed} stretches of draws of the whole trace, whose length the device tells; they begin when the GPU process had taken them up`;
  }
  return 'until the answer was there: the device tells no times';
}
