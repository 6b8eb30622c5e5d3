import type * as Tfjs from '@tensorflow/tfjs';
import { MOST_PLACED, type PlacedOperator, type Placement } from '../../../../src/bundle/manifest.js';
import { counted } from './placedCounts.js';
import type { LoadedTfjsModel } from './tfjsModel.js';
import { followNodes } from './tfjsRunningNode.js';

/** What TF.js' GPU backends have in common beyond its types. */
interface GpuBackend {
  shouldExecuteOnCPU(...parameters: unknown[]): boolean;
  readSync(...parameters: unknown[]): unknown;
  runWebGLProgram?(...parameters: unknown[]): unknown;
  runWebGPUProgram?(...parameters: unknown[]): unknown;
}

/** What a kernel did while it ran. */
interface KernelActions {
  dispatched: boolean;
  /** It asked whether its inputs are small and on the CPU, and the answer was yes. */
  forwarded: boolean;
  readBacks: number;
  readBackMs: number;
  readBackBytes: number;
  /** Time of kernels that it called, which have a row of their own, ms. */
  insideMs: number;
}

const NOTHING: Readonly<KernelActions> = {
  dispatched: false,
  forwarded: false,
  readBacks: 0,
  readBackMs: 0,
  readBackBytes: 0,
  insideMs: 0,
};

/** The first prediction compiles programs, which is no cost of where an operator runs. */
const PREDICTIONS = 2;

/**
 * Finds which kernels of a prediction ran on the GPU, and which in JavaScript, and what these took. TF.js forwards kernels to the
 * CPU if their inputs are small and already there (`shouldExecuteOnCPU`); others read their inputs back and start no work on the
 * device. Kernels that only rename (Reshape, Identity) count as neither. It does not see what TF.js computes outside of kernels
 * from awaited data (Where, the asynchronous NonMaxSuppression).
 */
export async function tfjsPlacement(
  tf: typeof Tfjs,
  backendName: string,
  model: LoadedTfjsModel,
  predict: () => Promise<unknown>,
): Promise<Placement> {
  const running: KernelActions[] = [];
  const there = new Map<string, number>();
  const nodes: PlacedOperator[] = [];
  const node = followNodes(model);

  const backend = tf.backend() as unknown as GpuBackend;
  const watch = (name: keyof GpuBackend, note: (actions: KernelActions, result: unknown, ms: number) => void): void => {
    const original = backend[name] as ((...parameters: unknown[]) => unknown) | undefined;
    if (!original) return;
    (backend as unknown as Record<string, unknown>)[name] = (...parameters: unknown[]) => {
      const start = performance.now();
      const result = original.apply(backend, parameters);
      const actions = running.at(-1);
      if (actions) note(actions, result, performance.now() - start);
      return result;
    };
  };
  watch('shouldExecuteOnCPU', (actions, result) => {
    actions.forwarded ||= result === true;
  });
  watch('readSync', (actions, result, ms) => {
    actions.readBacks++;
    actions.readBackMs += ms;
    if (ArrayBuffer.isView(result)) actions.readBackBytes += result.byteLength;
  });
  for (const run of ['runWebGLProgram', 'runWebGPUProgram'] as const) {
    watch(run, (actions) => {
      actions.dispatched = true;
    });
  }
  const keep = (operator: string, actions: KernelActions, ms: number): void => {
    const { dispatched, forwarded, insideMs, ...reads } = actions;
    const around = running.at(-1);
    if (around) around.insideMs += ms;
    if (dispatched) there.set(operator, (there.get(operator) ?? 0) + 1);
    else if (forwarded || reads.readBacks > 0) {
      nodes.push({
        name: node.name() ?? `${operator}#${nodes.filter((each) => each.operator === operator).length + 1}`,
        operator,
        provider: 'CPU',
        why: forwarded ? 'small' : 'reads',
        cost: { ms: Math.max(0, ms - insideMs), ...reads },
      });
    }
  };
  for (const kernel of [...tf.getKernelsForBackend(backendName)]) {
    tf.unregisterKernel(kernel.kernelName, backendName);
    tf.registerKernel({
      ...kernel,
      kernelFunc(parameters) {
        const actions: KernelActions = { ...NOTHING };
        running.push(actions);
        const start = performance.now();
        try {
          return kernel.kernelFunc(parameters);
        } finally {
          running.pop();
          keep(kernel.kernelName, actions, performance.now() - start);
        }
      },
    });
  }
  for (let prediction = 0; prediction < PREDICTIONS; prediction++) {
    there.clear();
    nodes.length = 0;
    node.forget();
    await predict();
  }
  const onBackendTypes = counted(there).slice(0, MOST_PLACED);
  return {
    onBackend: onBackendTypes.reduce((sum, { count }) => sum + count, 0),
    onBackendTypes,
    elsewhere: counted(countsOf(nodes)).map(({ operator, count }) => ({ operator, provider: 'CPU', count })),
    nodes: nodes.slice(0, MOST_PLACED),
    copies: null,
    source: 'as the kernels of one prediction started programs on the device or did not',
  };
}

function countsOf(nodes: readonly PlacedOperator[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { operator } of nodes) counts.set(operator, (counts.get(operator) ?? 0) + 1);
  return counts;
}
