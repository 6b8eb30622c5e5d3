import { z } from 'zod';
import { browserSchema, collectorsSchema, machineSchema, moduleSchema, traceSchema } from './schemaParts.js';
import { TENSOR_TYPES, type TensorSpec } from './tensor.js';

const finite = z.number();
const text = z.string().max(65536);
const latencies = z.array(finite.nonnegative());

const dimension = z.number().int().nonnegative();

/** Checks a `TensorSpec` that comes from a file. */
const tensorSpecSchema: z.ZodType<TensorSpec> = z.object({
  name: z.string(),
  type: z.enum(TENSOR_TYPES),
  shape: z.array(dimension),
});

const label = z.string().max(4096);
const count = z.number().int().nonnegative();

/** Where the operators of one prediction ran, as far as the framework tells. */
const placementSchema = z.object({
  /** Operators that ran on the backend that was asked for. */
  onBackend: count,
  /** Those that did not, by what ran them ("CPU"). */
  elsewhere: z.array(z.object({ operator: label, provider: label, count })),
  /** How this is known, as a sentence's end: "as ONNX Runtime placed them". */
  source: label,
});

export type Placement = z.infer<typeof placementSchema>;

/** Whether a run computed what the baseline computed from the same inputs. */
export interface OutputCheck {
  /** True if every output of the baseline is there, and within the tolerance. */
  readonly match: boolean;
  /** Largest `maxRelativeDifference` that counts as equal. */
  readonly tolerance: number;
  readonly outputs: readonly OutputDifference[];
}

export interface OutputDifference {
  readonly name: string;
  readonly shape: readonly number[];
  /**
   * Largest |run − baseline| over largest |baseline|, of this output; 0 for equal values of a type that is not floating point.
   * Null where no such number exists; `problem` says why.
   */
  readonly maxRelativeDifference: number | null;
  /** What is wrong with the output beyond a difference of numbers, or null: missing, another shape, NaN on one side. */
  readonly problem: string | null;
}

const outputCheckSchema: z.ZodType<OutputCheck> = z.object({
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

/** One round of the timing pass: what ran in the browser and natively side by side, each latency in ms. */
const round = z.object({
  /** Before or after the trace pass: so that a drift of the machine does not pass for the cost of recording. */
  part: z.enum(['before', 'after']),
  /** Which fresh browser context, beside which fresh native process. */
  replicate: z.number().int().nonnegative().default(0),
  browserMs: latencies,
  nativeMs: latencies,
  /** tfjs-node's, beside an ONNX twin whose latencies are `nativeMs`; absent where it did not run. */
  tfjsNodeMs: latencies.optional(),
});

const rungSchema = z
  .object({
    id: text,
    /** Not part of the chain: the page as used with one thing changed. */
    side: z.boolean().default(false),
    runtime: z.enum(['native', 'browser']),
    /** Of the framework in the page; natively the provider. Bundles without it are of the CPU. */
    backend: text.optional(),
    threads: z.number().int().positive(),
    on: z.enum(['worker', 'main']),
    v8Flags: z.array(text),
    /** False: modules without SIMD. Null natively, and where the framework leaves no choice. */
    simd: z.boolean().nullable().default(null),
    /** Whether the page was cross-origin isolated; natively it says nothing. */
    isolated: z.boolean().default(true),
    /** What the framework really took of the threads; null where it was not asked. */
    threadsTaken: z.number().int().positive().nullable().default(null),
  })
  .transform((rung) => ({ ...rung, backend: rung.backend ?? (rung.runtime === 'native' ? 'cpu' : 'wasm') }));

/** The ladder: the rungs of its chain from the bottom up, then those beside it, and what they took, replicate by replicate and round by round. */
const ladderSchema = z
  .object({
    seed: z.number().int(),
    budgetMs: finite.positive(),
    rungs: z.array(rungSchema),
    /** In a replicate every rung is opened anew; in a round each runs once, in the order given. Rungs beside the chain are in some. */
    replicates: z.array(z.object({ rounds: z.array(z.array(z.object({ rung: text, ms: latencies }))) })),
    /** Arithmetic speed of this machine, 10⁹ floating-point operations per second; null where it could not be measured. */
    probes: z
      .object({
        /** One thread of the browser, in registers, by instruction set; null where the browser refuses the instructions. */
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
 * `run.json`. Validated where it is read, since a bundle may come from anyone. Times are ms, or µs on the trace clock where the
 * name ends in Us.
 */
export const manifestSchema = z.object({
  schema: z.literal('inferscope.run/1'),
  toolVersion: text,
  id: text.regex(/^[\w-]+$/),
  startedAt: z.iso.datetime(),
  /** `recording` is what a killed collector leaves behind: it means incomplete. */
  status: z.enum(['recording', 'complete', 'incomplete']),
  /** Why it is incomplete. */
  reason: text.nullable(),
  workload: z.object({
    /** `bytes` with the weights in files beside it; `sha256` of the model file alone. */
    model: z.object({ name: text, title: text, bytes: finite, sha256: text }),
    inputs: z.array(tensorSpecSchema),
    framework: text,
    backend: text,
    on: z.enum(['worker', 'main']),
    threadsAsked: z.number().int().positive(),
    /** False: modules without SIMD were asked for. Null where the framework leaves no choice. */
    simd: z.boolean().nullable().default(null),
    /** False: the page was to be served without the headers of cross-origin isolation. */
    isolated: z.boolean().default(true),
    seed: z.number().int(),
  }),
  machine: machineSchema,
  /** Null until the browser has started. */
  browser: browserSchema.nullable(),
  /** What the framework said once it was loaded and set up. */
  framework: z
    .object({
      version: text,
      threads: z.number().int().positive(),
      crossOriginIsolated: z.boolean(),
      hardwareConcurrency: z.number().int().positive(),
      /** What was done to it that a page's own script would not do, as a sentence. */
      note: text.nullable().default(null),
    })
    .nullable(),
  timingPass: z.object({
    /** Medians over the replicates. */
    setupMs: finite.nullable(),
    warmupMs: finite.nullable(),
    /** Of each replicate. */
    setups: z
      .array(
        z.object({
          setupMs: finite,
          warmupMs: finite,
          /** Predictions right after the warm-up, which do not count: code is still being compiled. */
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
  /** Phases as the collector saw them from outside, on the trace clock; null where Node's clock is not the trace's. */
  phases: z.array(z.object({ pass: z.enum(['timing', 'trace']), phase: text, startUs: finite, endUs: finite })).nullable(),
  trace: traceSchema.nullable(),
  /** Bytes are in `modules/<sha256>.wasm`. */
  modules: z.array(moduleSchema),
  outputs: outputCheckSchema.nullable(),
  /** Where operators ran, of a backend that may pass them on; null where the framework does not tell. */
  placement: placementSchema.nullable().default(null),
  /** Runs one factor apart each; null unless asked for. */
  ladder: ladderSchema.nullable().default(null),
  /** What each collector did, or why it could not. */
  collectors: collectorsSchema,
});

export type Manifest = z.infer<typeof manifestSchema>;

/** `baseline.json`: the native run beside the timing pass; its latencies per round are in run.json's rounds. */
export const baselineSchema = z.object({
  schema: z.literal('inferscope.baseline/1'),
  /** Runtime and device, e.g. "onnxruntime-node 1.30.0, CPU", "tfjs-node 4.22.0, CPU" or "onnxruntime-node 1.30.0, WebGPU (software: SwiftShader)". */
  runtime: text,
  provider: z.enum(['cpu', 'webgpu']).default('cpu'),
  /** Whose kernels ran: TensorFlow's are those of tfjs-node, which runs the very file that the browser does. */
  library: z.enum(['onnxruntime', 'tensorflow']).default('onnxruntime'),
  /** Whether some operators were left to the CPU provider; null where they all are its own. */
  cpuOperators: z.boolean().nullable().default(null),
  threads: z.number().int().positive(),
  /** Of the first replicate. */
  setupMs: finite,
  warmupMs: finite,
});

export type Baseline = z.infer<typeof baselineSchema>;
