import { z } from 'zod';
import { sameLength } from './schemaParts.js';

const text = z.string().max(4096);
const column = z.array(z.number().nonnegative());
const shapes = z.array(z.array(z.number()));

/**
 * When an operator ran, one row per execution; in a loop there are several in one prediction. Time inside a nested operator
 * belongs to the nested one.
 */
const stretchesSchema = z
  .object({
    /** Position in `runs`. */
    prediction: z.array(z.int().nonnegative()),
    /** Relative to the start of that prediction's run, by the framework's clock. */
    startMs: column,
    /** Duration, including nested operators. */
    ms: column,
  })
  .refine(sameLength, 'columns differ in length');

/** One operator of the graph that the framework really ran: after graph optimization, so fused operators are one. */
const nodeSchema = z.object({
  /** The framework's name for it. */
  name: text,
  /** Its type: "Conv". */
  operator: text,
  /** What ran it: "CPU", "WebGpu". */
  provider: text,
  /** Shapes in the first prediction. */
  inputs: shapes,
  outputs: shapes,
  /** Their types, as the framework names them: "float", "float32"; null in older bundles. */
  inputTypes: z.array(text).nullable().default(null),
  outputTypes: z.array(text).nullable().default(null),
  /** Time on the thread that ran it or, for a device, submitted it; ms, one per prediction. */
  hostMs: column,
  /** Time on the device; null if the operator has none, or the device reported no times. */
  deviceMs: column.nullable(),
  /** Executions in the recorded predictions, on the thread; null if none were recorded, and in older bundles. */
  stretches: stretchesSchema.nullable().default(null),
});

/**
 * Additional predictions of the pass that were recorded, as the framework saw them, by its own clock. They precede the counted
 * ones, which only the framework's profiler slows down.
 */
const runsSchema = z
  .object({
    /** Number of the first of them among the predictions of the pass, as in the trace's marks. */
    first: z.int().nonnegative(),
    /** Relative to the start of the first. */
    startMs: column,
    ms: column,
  })
  .refine(({ startMs, ms }) => sameLength({ startMs, ms }), 'columns differ in length');

const profileSchema = z
  .object({
    /** Runtime and version, for readers. */
    source: text,
    /** Whose operator names and order of dimensions: ONNX has images as NCHW, TF.js as NHWC. */
    graph: z.enum(['onnx', 'tfjs']).default('onnx'),
    /** The profiled predictions as their caller timed them, from inputs in to outputs read back. */
    predictionsMs: column,
    /** In the order of their first execution. */
    nodes: z.array(nodeSchema),
    /** Null if none were recorded, as for the native run, and in older bundles. */
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

/**
 * Peak rates of this machine in this browser, of pure arithmetic and of pure memory access, with all threads of the run together.
 */
const peaksSchema = z.object({
  threads: z.int().positive(),
  /** Instructions of the arithmetic: multiplications and additions in registers. */
  instructions: z.enum(['scalar', 'simd128']),
  /** 10⁹ floating-point operations per second. */
  gigaflops: z.number().positive(),
  /** 10⁹ bytes per second, read and written, over arrays larger than usual caches. */
  gigabytesPerSecond: z.number().positive(),
});

/** `kernels.json`: time per operator from the frameworks' own profilers, in a separate pass; null for a side without one. */
export const operatorLogSchema = z.object({
  schema: z.literal('inferscope.kernels/1'),
  browser: profileSchema,
  native: profileSchema.nullable(),
  /** Null if they could not be measured, and in older bundles. */
  peaks: peaksSchema.nullable().default(null),
});

export type OperatorNode = z.infer<typeof nodeSchema>;
export type OperatorStretches = z.infer<typeof stretchesSchema>;
export type OperatorRuns = z.infer<typeof runsSchema>;
export type MachinePeaks = z.infer<typeof peaksSchema>;
export type OperatorProfile = z.infer<typeof profileSchema>;
export type OperatorLog = z.infer<typeof operatorLogSchema>;
