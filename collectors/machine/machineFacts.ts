import { readFile } from 'node:fs/promises';
import { cpus, release, totalmem, type } from 'node:os';
import type { Manifest } from '../../src/bundle/manifest.js';
import { busyCores } from './busyCores.js';

/** Vector extensions and fused multiply-add that decide what native code may use, narrow to wide. */
const VECTOR_FEATURES = ['sse2', 'sse4_2', 'avx', 'fma', 'avx2', 'avx512f', 'avx512_vnni', 'amx_int8', 'asimd', 'sve', 'sve2'];

/** The machine that the run happens on, and how busy it is now. CPU features come from /proc/cpuinfo; where there is none they are unknown (null). */
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
