import { z } from 'zod';

const finite = z.number();
const text = z.string().max(65536);
const featureState = z.enum(['hardware', 'software', 'off']);

/** The machine that measured. */
export const machineSchema = z.object({
  os: text,
  cpu: text,
  cores: z.number().int().positive(),
  memoryBytes: finite,
  node: text,
  vectorFeatures: z.array(text).nullable(),
  /** Cores that were busy right before, with any program; null where it was not measured. */
  busyCores: finite.nonnegative().nullable().default(null),
});

/** The browser that ran the page, and what it says of its GPU. */
export const browserSchema = z.object({
  product: text,
  executable: text,
  headless: z.boolean(),
  sandboxed: z.boolean(),
  commandLine: text.nullable(),
  gpu: text.nullable(),
  softwareRendering: z.boolean().nullable(),
  /** Of the graphics card: who made it, and its version. */
  driver: text.nullable().default(null),
  /** How the GPU process says that it serves them; null where it does not say. */
  webgl: featureState.nullable().default(null),
  webgpu: featureState.nullable().default(null),
});

/** How `trace.json.gz` was recorded. */
export const traceSchema = z.object({
  categories: z.array(text),
  compressedBytes: finite,
  /** Whether Chrome says that its buffer overflowed. */
  dataLoss: z.boolean(),
  /** Time between two CPU samples of a thread, as asked for; null where V8's own rate holds, or nothing was sampled. */
  samplingIntervalUs: finite.positive().nullable().default(null),
  /** Events of the GPU process's polling that were left out, and their names; null where nothing was looked for. */
  dropped: z
    .object({ events: z.number().int().nonnegative(), names: z.array(text) })
    .nullable()
    .default(null),
});

/** A Wasm module, whose bytes are in `modules/<sha256>.wasm`. */
export const moduleSchema = z.object({ sha256: text.regex(/^[0-9a-f]{64}$/), url: text, bytes: finite });

/** What each collector did, or why it could not. */
export const collectorsSchema = z.record(
  text,
  z.object({ outcome: z.enum(['done', 'unavailable', 'failed', 'not-asked']), detail: text }),
);

/** Whether the columns of a table have as many rows each; for a schema's `refine`. */
export const sameLength = (columns: Readonly<Record<string, readonly unknown[]>>): boolean =>
  new Set(Object.values(columns).map(({ length }) => length)).size <= 1;
