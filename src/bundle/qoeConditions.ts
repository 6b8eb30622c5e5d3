/** How a condition is called. */
interface ConditionWords {
  /** In tables and charts. */
  readonly title: string;
  /** In a line of the terminal. */
  readonly short: string;
  /** In a sentence, behind "with inference"; of a page without it, the whole of that. */
  readonly phrase: string;
  /** What it is to have the model there, and not on the main thread with the backend of the run; null where it is no such move. */
  readonly move: string | null;
}

/**
 * Where inference runs while a page is used: nowhere, on the page’s main thread or in a worker with the backend of the run, or on the
 * GPU where that is asked for. GPU backends are called from the main thread, as most pages do.
 */
const conditions = {
  none: { title: 'Without inference', short: 'no inference', phrase: 'without inference', move: null },
  main: { title: 'On the main thread', short: 'main thread', phrase: 'on the main thread', move: null },
  worker: {
    title: 'In a worker',
    short: 'worker',
    phrase: 'in a worker',
    move: 'moving the model from the main thread to a worker',
  },
  webgl: {
    title: 'On WebGL, from the main thread',
    short: 'WebGL',
    phrase: 'on WebGL from the main thread',
    move: 'running the model on WebGL, still from the main thread,',
  },
  webgpu: {
    title: 'On WebGPU, from the main thread',
    short: 'WebGPU',
    phrase: 'on WebGPU from the main thread',
    move: 'running the model on WebGPU, still from the main thread,',
  },
} as const satisfies Readonly<Record<string, ConditionWords>>;

export type QoeCondition = keyof typeof conditions;

/** How each condition is called. */
export const conditionWords: Readonly<Record<QoeCondition, ConditionWords>> = conditions;

/** Its name in tables and charts; of one that is not known here, its id. */
export const conditionTitle = (condition: string): string =>
  Object.hasOwn(conditions, condition) ? conditions[condition as QoeCondition].title : condition;

export const qoeConditions = ['none', 'main', 'worker', 'webgl', 'webgpu'] as const satisfies readonly QoeCondition[];

/** Conditions of every run. */
export const usualConditions = ['none', 'main', 'worker'] as const satisfies readonly QoeCondition[];

/** Conditions that are named after the backend that they run on. */
export const gpuConditions = ['webgl', 'webgpu'] as const satisfies readonly QoeCondition[];
export type GpuCondition = (typeof gpuConditions)[number];

export const isGpuCondition = (condition: string): condition is GpuCondition =>
  (gpuConditions as readonly string[]).includes(condition);
