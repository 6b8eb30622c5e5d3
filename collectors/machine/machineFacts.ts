import { readFile } from 'node:fs/promises';
import { cpus, release, totalmem, type } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Manifest } from '../../src/bundle/manifest.js';

/** Vector extensions and fused multiply-add that native code may use, narrow to wide. */
const VECTOR_FEATURES = ['sse2', 'sse4_2', 'avx', 'fma', 'avx2', 'avx512f', 'avx512_vnni', 'amx_int8', 'asimd', 'sve', 'sve2'];

/** The machine of the run, and its current load. CPU features come from /proc/cpuinfo; they are null if that file is missing. */
export async function machineFacts(): Promise<Manifest['machine']> {
  const processors = cpus();
  return {
    os: `${type()} ${release()}`,
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cores: Math.max(1, processors.length),
    memoryBytes: totalmem(),
    node: process.version,
    vectorFeatures: await vectorFeatures(),
    busyCores: await busyCores(),
  };
}

async function vectorFeatures(): Promise<string[] | null> {
  const cpuinfo = await readFile('/proc/cpuinfo', 'utf8').catch(() => null);
  const line = cpuinfo?.match(/^(?:flags|Features)\s*:(.*)$/m)?.[1];
  if (line === undefined) return null;
  const flags = new Set(line.trim().split(/\s+/));
  return VECTOR_FEATURES.filter((feature) => flags.has(feature));
}

/** The system counts in ticks of 10 ms on each core. */
const SPAN_MS = 250;

/**
 * How many cores any program keeps busy now: the increase of all cores' counters over a quarter of a second, in which this
 * process sleeps. The load average covers a minute, so it would include the previous run.
 * @returns number of cores, possibly a fraction; null if the system does not count
 */
export async function busyCores(): Promise<number | null> {
  const before = cpuTimesMs();
  await sleep(SPAN_MS);
  const after = cpuTimesMs();
  const all = after.all - before.all;
  return all > 0 ? ((after.busy - before.busy) / all) * cpus().length : null;
}

/** CPU time of all cores together since the machine started, ms. */
function cpuTimesMs(): { readonly busy: number; readonly all: number } {
  let busy = 0;
  let idle = 0;
  for (const { times } of cpus()) {
    busy += times.user + times.nice + times.sys + times.irq;
    idle += times.idle;
  }
  return { busy, all: busy + idle };
}
