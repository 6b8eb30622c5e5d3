import { z } from 'zod';
import { askedSchema } from './asked.js';
import { rungPageSchema } from './rungPage.js';
import { browserSchema, collectorsSchema, machineSchema, moduleSchema, recordedHead, text, traceSchema } from './schemaParts.js';
import { TENSOR_TYPES, type TensorSpec } from './tensor.js';

const finite = z.number();
const latencies = z.array(finite.nonnegative());

const dimension = z.number().int().nonnegative();

/** Validates a `TensorSpec` from a file. */
export const tensorSpecSchema: z.ZodType<TensorSpec> = z.object({
  name: z.string(),
  type: z.enum(TENSOR_TYPES),
  shape: z.array(dimension),
});

const label = z.string().max(4096);
const count = z.number().int().nonnegative();

/** Most operators that a placement lists one by one. */
export const MOST_PLACED = 4096;

/** An operator that ran elsewhere than on the requested backend. */
const placedSchema = z.object({
  /** The framework's name for it, or its type and a running number. */
  name: label,
  operator: label,
  provider: label,
  /**
   * `lacks`: the backend has no kernel for it, of its type, version and tensor types. `moved`: the backend has one, and its inputs
   * are on the CPU already. `small`: so are they, and small. `reads`: its kernel reads its inputs back and computes in JavaScript.
   * Null: the framework does not tell.
   */
  why: z.enum(['lacks', 'moved', 'small', 'reads']).nullable(),
  /** What it cost in a prediction of the placement pass, where the pass sees it. */
  cost: z
    .object({
      /** On the thread, with its read-backs. */
      ms: finite.nonnegative(),
      readBacks: count,
      readBackMs: finite.nonnegative(),
      readBackBytes: finite.nonnegative(),
    })
    .nullable(),
});

/** Where the operators of one prediction ran, as far as the framework reports it. */
const placementSchema = z.object({
  /** Number of operators that ran on the requested backend. */
  onBackend: count,
  /** These by type; empty where the framework does not list them, and in older bundles. */
  onBackendTypes: z
    .array(z.object({ operator: label, count }))
    .max(MOST_PLACED)
    .default([]),
  /** The others, by what ran them ("CPU"). */
  elsewhere: z.array(z.object({ operator: label, provider: label, count })),
  /** The others one by one, in the order in which the framework lists them; empty in older bundles. */
  nodes: z.array(placedSchema).max(MOST_PLACED).default([]),
  /** Copies that the framework put between backend and CPU; null where it does not list them, and in older bundles. */
  copies: z.object({ toHost: count, fromHost: count }).nullable().default(null),
  /** The source of this, as the end of a sentence: "as ONNX Runtime placed them". */
  source: label,
});

export type Placement = z.infer<typeof placementSchema>;
export type PlacedOperator = z.infer<typeof placedSchema>;

/** Whether a run computed the same outputs as the baseline from the same inputs. */
export interface OutputCheck {
  /** True if every output of the baseline is present and within the tolerance. */
  readonly match: boolean;
  /** Largest `maxRelativeDifference` that counts as equal. */
  readonly tolerance: number;
  readonly outputs: readonly OutputDifference[];
}

export interface OutputDifference {
  readonly name: string;
  readonly shape: readonly number[];
  /**
   * Largest
   * run − baseline
   * over largest
   * baseline
   * , of this output; 0 for equal values of a type that is not floating point.
   * Null if no such number exists; `problem` says why.
   */
  readonly maxRelativeDifference: number | null;
  /** A problem of the output other than different numbers: missing, another shape, NaN on one side. Null if there is none. */
  readonly problem: string | null;
}

export const outputCheckSchema: z.ZodType<OutputCheck> = z.object({
  match: z.boolean(),
  tolerance: finite,
  outputs: z.array(
    z.object({
      name: text,
      shape: z.array(z.number().int()),
      maxRelativeDifference: finite.nullable(),
      problem: text.nullable(),
    }),
  ),
});

/** One round of the timing pass: the latencies in the browser and natively, in turn, ms. */
const round = z.object({
  /** Before or after the trace pass, so that a drift of the machine is not mistaken for the cost of recording. */
  part: z.enum(['before', 'after']),
  /** Number of the pair of fresh browser context and fresh native process. */
  replicate: z.number().int().nonnegative().default(0),
  browserMs: latencies,
  nativeMs: latencies,
  /** Latencies of tfjs-node, in addition to the ONNX twin's `nativeMs`; absent if it did not run. */
  tfjsNodeMs: latencies.optional(),
});

const rungSchema = z
  .object({
    id: text,
    /** A side run: the page as used with one change. */
    side: z.boolean().default(false),
    runtime: z.enum(['native', 'browser']),
    /** Backend of the framework in the page; for a native rung the provider. Bundles without it are from the CPU. */
    backend: text.optional(),
    threads: z.number().int().positive(),
    on: z.enum(['worker', 'main']),
    v8Flags: z.array(text),
    /** False: modules without SIMD. Null for native rungs, and if the framework has no such choice. */
    simd: z.boolean().nullable().default(null),
    /** Bundles without it have the first two parts of it beside it. */
    page: rungPageSchema.optional(),
    isolated: z.boolean().optional(),
    modules: z.enum(['shipped', 'fused']).optional(),
    /** How many vector additions and subtractions took a product with them, of all, and in how many functions; null if modules are as published. */
    fusion: z
      .object({ additions: z.number().int(), fused: z.number().int(), functions: z.number().int() })
      .nullable()
      .default(null),
    /** Its outputs beside those of the page as used; null if they were not compared. */
    outputs: outputCheckSchema.nullable().default(null),
    /** The number of threads that the framework really used; null if unknown. */
    threadsTaken: z.number().int().positive().nullable().default(null),
  })
  .transform(({ isolated, modules, ...rung }) => ({
    ...rung,
    backend: rung.backend ?? (rung.runtime === 'native' ? 'cpu' : 'wasm'),
    page: rung.page ?? rungPageSchema.parse({ isolated, modules }),
  }));

/** The ladder: the rungs of its chain from the bottom up, then the side runs, with their latencies by replicate and round. */
const ladderSchema = z
  .object({
    seed: z.number().int(),
    budgetMs: finite.positive(),
    rungs: z.array(rungSchema),
    /** What was asked to be changed and could not be, by the id of its rung, and why: the end of a sentence. */
    lacks: z.array(z.object({ id: text, why: text })).default([]),
    /**
     * In a replicate every rung is opened anew. In a round each runs once, in the given order. Side runs are in some replicates
     * only.
     */
    replicates: z.array(z.object({ rounds: z.array(z.array(z.object({ rung: text, ms: latencies }))) })),
    /** Arithmetic speed of this machine, 10⁹ floating-point operations per second; null if it could not be measured. */
    probes: z
      .object({
        /** One thread of the browser, in registers, by instruction set; null if the browser refuses the instructions. */
        scalar: finite.nullable(),
        simd128: finite.nullable(),
        relaxed: finite.nullable(),
        /** One thread, a large matrix product in the native runtime, and the same in the browser. */
        nativeProduct: finite.nullable(),
        browserProduct: finite.nullable(),
      })
      .nullable(),
  })
  .refine(
    ({ rungs, replicates }) =>
      rungs.some(({ side }) => !side) &&
      replicates.every(
        ({ rounds }) =>
          rounds.length > 0 &&
          rounds.every((round) =>
            rungs.every(({ id, side }) => side || round.some(({ rung, ms }) => rung === id && ms.length > 0)),
          ),
      ),
    'has a rung in its chain, and in every round latencies of each of them',
  );

/**
 * `run.json`. It is validated when read, since a bundle may come from anyone. Times are ms, or µs on the trace clock if the name
 * ends in Us.
 */
export const manifestSchema = z.object({
  schema: z.literal('inferscope.run/1'),
  ...recordedHead,
  asked: askedSchema.default([]),
  workload: z.object({
    /**
     * `bytes` includes weights in separate files; `sha256` is that of the model file alone. `argument` is what the user named it by:
     * a name of the registry or a path; null in older bundles.
     */
    model: z.object({ name: text, title: text, bytes: finite, sha256: text, argument: text.nullable().default(null) }),
    inputs: z.array(tensorSpecSchema),
    framework: text,
    backend: text,
    on: z.enum(['worker', 'main']),
    threadsAsked: z.number().int().positive(),
    /** False: modules without SIMD were requested. Null if the framework has no such choice. */
    simd: z.boolean().nullable().default(null),
    /** False: the page was to be served without the headers of cross-origin isolation. */
    isolated: z.boolean().default(true),
    seed: z.number().int(),
  }),
  machine: machineSchema,
  /** Null until the browser has started. */
  browser: browserSchema.nullable(),
  /** What the framework reported after loading and set-up. */
  framework: z
    .object({
      version: text,
      threads: z.number().int().positive(),
      crossOriginIsolated: z.boolean(),
      hardwareConcurrency: z.number().int().positive(),
      /** Changes to it that a page's own script would not make, as a sentence. */
      note: text.nullable().default(null),
    })
    .nullable(),
  timingPass: z.object({
    /** Medians over the replicates. */
    setupMs: finite.nullable(),
    warmupMs: finite.nullable(),
    /** Set-up and warm-up of each replicate. */
    setups: z
      .array(
        z.object({
          setupMs: finite,
          warmupMs: finite,
          /** Predictions between the warm-up and the counted ones, while code is still being compiled. */
          settlingMs: latencies.default([]),
          nativeSetupMs: finite.nullable(),
          nativeWarmupMs: finite.nullable(),
          tfjsNodeSetupMs: finite.optional(),
          tfjsNodeWarmupMs: finite.optional(),
        }),
      )
      .default([]),
    rounds: z.array(round),
  }),
  tracePass: z.object({
    setupMs: finite.nullable(),
    warmupMs: finite.nullable(),
    settlingMs: latencies.default([]),
    iterationsMs: latencies,
  }),
  /** Phases as seen by the collector from outside, on the trace clock; null if Node's clock is not the trace's. */
  phases: z.array(z.object({ pass: z.enum(['timing', 'trace']), phase: text, startUs: finite, endUs: finite })).nullable(),
  trace: traceSchema.nullable(),
  /** Their bytes are in `modules/<sha256>.wasm`. */
  modules: z.array(moduleSchema),
  outputs: outputCheckSchema.nullable(),
  /** Where operators ran, for a backend that may pass them on; null if the framework does not report it. */
  placement: placementSchema.nullable().default(null),
  /** Runs that differ in one factor each; null unless requested. */
  ladder: ladderSchema.nullable().default(null),
  /** What each collector did, or why it could not. */
  collectors: collectorsSchema,
});

export type Manifest = z.infer<typeof manifestSchema>;

/** `baseline.json`: the native run of the timing pass. Its latencies per round are in run.json's rounds. */
export const baselineSchema = z.object({
  schema: z.literal('inferscope.baseline/1'),
  /** Runtime and device, e.g. "onnxruntime-node 1.30.0, CPU", "tfjs-node 4.22.0, CPU" or "onnxruntime-node 1.30.0, WebGPU (software: SwiftShader)". */
  runtime: text,
  provider: z.enum(['cpu', 'webgpu']).default('cpu'),
  /** Whose kernels ran. TensorFlow's are those of tfjs-node, which runs the same file as the browser. */
  library: z.enum(['onnxruntime', 'tensorflow']).default('onnxruntime'),
  /** Whether some operators fell back to the CPU provider; null if that is the provider itself. */
  cpuOperators: z.boolean().nullable().default(null),
  threads: z.number().int().positive(),
  /** Set-up time of the first replicate. */
  setupMs: finite,
  warmupMs: finite,
});

export type Baseline = z.infer<typeof baselineSchema>;
