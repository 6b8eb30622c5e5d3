import { z } from 'zod';

const finite = z.number();
/** Text of a bundle: long enough for a command line. */
export const text = z.string().max(65536);
const featureState = z.enum(['hardware', 'software', 'off']);

/** What every `run.json` begins with. */
export const recordedHead = {
  toolVersion: text,
  id: text.regex(/^[\w-]+$/),
  startedAt: z.iso.datetime(),
  /** A killed collector leaves `recording`, which means incomplete. */
  status: z.enum(['recording', 'complete', 'incomplete']),
  /** Why it is incomplete. */
  reason: text.nullable(),
} as const;

/** The machine that measured. */
export const machineSchema = z.object({
  os: text,
  cpu: text,
  cores: z.number().int().positive(),
  memoryBytes: finite,
  node: text,
  vectorFeatures: z.array(text).nullable(),
  /** Cores that any program kept busy right before; null if it was not measured. */
  busyCores: finite.nonnegative().nullable().default(null),
});

/** The browser that ran the page, and what it reports about its GPU. */
export const browserSchema = z.object({
  product: text,
  executable: text,
  headless: z.boolean(),
  sandboxed: z.boolean(),
  commandLine: text.nullable(),
  gpu: text.nullable(),
  softwareRendering: z.boolean().nullable(),
  /** Vendor and version of the graphics driver. */
  driver: text.nullable().default(null),
  /** State of the feature, as the GPU process reports it; null if it does not. */
  webgl: featureState.nullable().default(null),
  webgpu: featureState.nullable().default(null),
});

/** How `trace.json.gz` was recorded. */
export const traceSchema = z.object({
  categories: z.array(text),
  compressedBytes: finite,
  /** Whether Chrome reports that events were lost: its buffer overflowed, or threads wrote faster than it could take. */
  dataLoss: z.boolean(),
  /** Requested time between two CPU samples of a thread; null if V8's own rate applies, or nothing was sampled. */
  samplingIntervalUs: finite.positive().nullable().default(null),
  /** Dropped events of the GPU process's polling, and their names; null if polling was kept. */
  dropped: z
    .object({ events: z.number().int().nonnegative(), names: z.array(text) })
    .nullable()
    .default(null),
});

/** Content hash of a file. */
export const sha256 = text.regex(/^[0-9a-f]{64}$/);

/** A Wasm module, whose bytes are in `modules/<sha256>.wasm`. */
export const moduleSchema = z.object({ sha256, url: text, bytes: finite });

/** What each collector did, or why it could not. */
export const collectorsSchema = z.record(
  text,
  z.object({ outcome: z.enum(['done', 'unavailable', 'failed', 'not-asked']), detail: text }),
);

/** Whether all columns of a table have the same number of rows; for a schema's `refine`. */
export const sameLength = (columns: Readonly<Record<string, readonly unknown[] | undefined>>): boolean =>
  new Set(Object.values(columns).flatMap((column) => column?.length ?? [])).size <= 1;
