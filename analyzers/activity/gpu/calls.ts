/** Kinds of calls of a GPU API, by what the page does or waits for. */
export const callKinds = {
  program: 'Making shaders, programs and pipelines.',
  submission: 'Handing recorded commands over.',
  upload: 'Bytes from the page to the GPU.',
  readback: 'Bytes from the GPU to the page.',
  roundTrip: 'Asking the GPU process or the device, and waiting for what it says.',
  poll: 'Asking whether something is done, without waiting.',
  allocation: 'Making room in the GPU’s memory, and giving it back.',
} as const;

export type CallKind = keyof typeof callKinds;

/** Kinds of the calls that the page's hook records, by name. Other names have no kind. */
const KINDS: Readonly<Record<string, CallKind>> = {
  createShaderModule: 'program',
  createComputePipeline: 'program',
  createComputePipelineAsync: 'program',
  createRenderPipeline: 'program',
  createRenderPipelineAsync: 'program',
  compileShader: 'program',
  linkProgram: 'program',
  'queue.submit': 'submission',
  flush: 'submission',
  fenceSync: 'submission',
  'queue.writeBuffer': 'upload',
  'queue.writeTexture': 'upload',
  unmap: 'upload',
  texImage2D: 'upload',
  texSubImage2D: 'upload',
  texImage3D: 'upload',
  texSubImage3D: 'upload',
  compressedTexImage2D: 'upload',
  bufferData: 'upload',
  bufferSubData: 'upload',
  readPixels: 'readback',
  getBufferSubData: 'readback',
  'mapAsync(READ)': 'readback',
  'mapAsync(WRITE)': 'roundTrip',
  'queue.onSubmittedWorkDone': 'roundTrip',
  getError: 'roundTrip',
  finish: 'roundTrip',
  checkFramebufferStatus: 'roundTrip',
  getShaderParameter: 'roundTrip',
  getProgramParameter: 'roundTrip',
  getShaderInfoLog: 'roundTrip',
  getProgramInfoLog: 'roundTrip',
  getUniformLocation: 'roundTrip',
  getAttribLocation: 'roundTrip',
  getActiveUniform: 'roundTrip',
  getActiveAttrib: 'roundTrip',
  getUniform: 'roundTrip',
  clientWaitSync: 'poll',
  getSyncParameter: 'poll',
  createBuffer: 'allocation',
  destroyBuffer: 'allocation',
};

export function callKind(name: string): CallKind | null {
  return Object.hasOwn(KINDS, name) ? KINDS[name]! : null;
}

/** Calls with which a page waits until the device has computed, beside reading back. */
const WAITS: ReadonlySet<string> = new Set([
  'finish',
  'fenceSync',
  'clientWaitSync',
  'getSyncParameter',
  'queue.onSubmittedWorkDone',
]);

/** Whether a call asks for what was computed, or whether it is. */
export const asksForAnswer = (name: string): boolean => callKind(name) === 'readback' || WAITS.has(name);
