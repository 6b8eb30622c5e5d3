/** A leaf of the partition. Ids are stable: they appear in `--json` and in other people's scripts. */
export interface Cause {
  readonly title: string;
  /** What time in it means, one sentence. */
  readonly meaning: string;
}

/** The causes of the partition; their order is that of stacked charts. See the README for how each is told apart. */
export const causes = {
  'isa.scalar': { title: 'Scalar Wasm', meaning: 'Executing Wasm functions whose hot loops work on one number at a time.' },
  'isa.simd128': { title: '128-bit SIMD Wasm', meaning: 'Executing Wasm functions whose hot loops use 128-bit vectors.' },
  'isa.relaxed': {
    title: 'Relaxed SIMD Wasm',
    meaning: 'Executing Wasm functions whose hot loops use relaxed SIMD, such as fused multiply-add.',
  },
  'isa.atomic': { title: 'Atomic Wasm', meaning: 'Executing Wasm functions whose hot loops are atomic operations that do work.' },
  'isa.unknown': {
    title: 'Wasm, instructions unknown',
    meaning: 'Executing Wasm whose module bytes are missing, so its instructions cannot be told.',
  },
  'runtime.compile': { title: 'Compiling', meaning: 'V8 compiling Wasm or JavaScript on the thread that waits for the result.' },
  'runtime.gc': { title: 'Garbage collection', meaning: 'V8 collecting garbage on the thread that runs the inference.' },
  'runtime.glue': {
    title: 'JavaScript glue',
    meaning:
      'The framework’s JavaScript, its bindings, and the native functions that they call, copies of inputs and outputs among them where V8 shows no frame of their own.',
  },
  'runtime.memory': { title: 'Memory', meaning: 'Growing Wasm memory, and copying between buffers.' },
  'contention.preempted': {
    title: 'Preempted',
    meaning:
      'The thread had work and was off the CPU, as another one had the core; without the kernel’s word also as it waited for a lock.',
  },
  'contention.lock': {
    title: 'Blocked',
    meaning:
      'The thread slept in the middle of its work, which nobody had asked it to: another one had a lock inside the browser, as while code is compiled beside it, or memory had to be fetched.',
  },
  'contention.workers': {
    title: 'Waiting for workers',
    meaning: 'The thread slept until worker threads finished their part or woke up.',
  },
  'contention.spin': {
    title: 'Spinning',
    meaning: 'The thread polled in a loop until other threads were ready: a busy core that computes nothing.',
  },
  'contention.page': {
    title: 'Other page tasks',
    meaning:
      'Tasks that are not part of the inference ran in the middle of it: of the page, or, while it waited for the GPU process, of other pages and the browser there.',
  },
  'gpu.encode': { title: 'Encoding for the GPU', meaning: 'The page recording commands through WebGPU or WebGL.' },
  'gpu.ipc': {
    title: 'On the way to the GPU process',
    meaning: 'Handing commands over, and waiting until the GPU process takes them up.',
  },
  'gpu.validate': {
    title: 'Validating GPU commands',
    meaning: 'The GPU process decoding, checking and translating commands while the page waits.',
  },
  'gpu.compile': {
    title: 'Compiling shaders',
    meaning: 'Translating shaders, and making programs and pipelines of them, in the page or while it waits.',
  },
  'gpu.sync': {
    title: 'GPU round trips',
    meaning: 'Waiting for an answer of the GPU process when neither it nor the device does anything for the page.',
  },
  'gpu.transfer': { title: 'Uploads and read-back', meaning: 'Moving bytes between the page and the GPU.' },
  'gpu.execute': { title: 'GPU computing', meaning: 'The device computing while the page waits for it.' },
  unattributed: { title: 'Unattributed', meaning: 'No rule claims this time.' },
} as const satisfies Record<string, Cause>;

export type CauseId = keyof typeof causes;

export const causeIds = Object.keys(causes) as CauseId[];
