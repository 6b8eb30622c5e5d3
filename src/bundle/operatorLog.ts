import { z } from 'zod';
import { sameLength } from './schemaParts.js';

const text = z.string().max(4096);
const column = z.array(z.number().nonnegative());
const shapes = z.array(z.array(z.number()));

/** When an operator ran, a row for each time: in a loop it is several in one prediction. Those of one inside of another are of the inner one. */
const stretchesSchema = z
  .object({
    /** Place in `runs`. */
    prediction: z.array(z.int().nonnegative()),
    /** Since that prediction's run began, by the framework's clock. */
    startMs: column,
    /** What runs inside of it included. */
    ms: column,
  })
  .refine(sameLength, 'columns differ in length');

/** One operator of the graph that the framework really ran: after its optimization, so fused operators are one. */
const nodeSchema = z.object({
  /** The framework's name of it. */
  name: text,
  /** Its type: "Conv". */
  operator: text,
  /** What ran it: "CPU", "WebGpu". */
  provider: text,
  /** Of the first prediction. */
  inputs: shapes,
  outputs: shapes,
  /** Their types, as the framework calls them: "float", "float32"; null in bundles from before they were kept. */
  inputTypes: z.array(text).nullable().default(null),
  outputTypes: z.array(text).nullable().default(null),
  /** Time on the thread that ran it or, on a device, asked for it; ms, one per prediction. */
  hostMs: column,
  /** Time on the device; null where the operator has none, or the device gave no times. */
  deviceMs: column.nullable(),
  /** In the recorded predictions, on the thread; null where none were, and in bundles from before they were kept. */
  stretches: stretchesSchema.nullable().default(null),
});

/**
 * Predictions of the pass that were recorded besides, as the framework itself saw them, by its own clock. They are before those that count,
 * which nothing but the framework's profiler slows down.
 */
const runsSchema = z
  .object({
    /** Number of the first of them among the predictions of the pass, as the marks in the trace have it. */
    first: z.int().nonnegative(),
    /** Since the first of them began. */
    startMs: column,
    ms: column,
  })
  .refine(({ startMs, ms }) => sameLength({ startMs, ms }), 'columns differ in length');

const profileSchema = z
  .object({
    /** Runtime and version, for people. */
    source: text,
    /** Whose names of operators, and whose order of dimensions: ONNX has images as NCHW, TF.js as NHWC. */
    graph: z.enum(['onnx', 'tfjs']).default('onnx'),
    /** The profiled predictions as their caller timed them, inputs in to outputs read back. */
    predictionsMs: column,
    /** In the order in which they first ran. */
    nodes: z.array(nodeSchema),
    /** Null where none were recorded, as natively, and in bundles from before they were kept. */
    runs: runsSchema.nullable().default(null),
  })
  .refine(
    ({ predictionsMs, nodes }) =>
      nodes.every(({ hostMs, deviceMs }) => [hostMs, deviceMs ?? hostMs].every(({ length }) => length === predictionsMs.length)),
    'columns differ in length',
  )
  .refine(
    ({ nodes, runs }) =>
      nodes.every(({ stretches }) => stretches?.prediction.every((place) => place < (runs?.ms.length ?? 0)) ?? true),
    'a stretch is of a prediction that is not there',
  );

/** What this machine reached in this browser when nothing but arithmetic, or nothing but memory, counted; of all threads of the run together. */
const peaksSchema = z.object({
  threads: z.int().positive(),
  /** Of the arithmetic: multiplications and additions in registers. */
  instructions: z.enum(['scalar', 'simd128']),
  /** 10⁹ floating-point operations per second. */
  gigaflops: z.number().positive(),
  /** 10⁹ bytes per second, read and written, over arrays beyond the caches' usual size. */
  gigabytesPerSecond: z.number().positive(),
});

/** `kernels.json`: time per operator from the frameworks' own profilers, in a pass of its own; null where there is none. */
export const operatorLogSchema = z.object({
  schema: z.literal('inferscope.kernels/1'),
  browser: profileSchema,
  native: profileSchema.nullable(),
  /** Null where they could not be measured, and in bundles from before they were. */
  peaks: peaksSchema.nullable().default(null),
});

export type OperatorNode = z.infer<typeof nodeSchema>;
export type OperatorStretches = z.infer<typeof stretchesSchema>;
export type OperatorRuns = z.infer<typeof runsSchema>;
export type MachinePeaks = z.infer<typeof peaksSchema>;
export type OperatorProfile = z.infer<typeof profileSchema>;
export type OperatorLog = z.infer<typeof operatorLogSchema>;
