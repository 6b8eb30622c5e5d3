import { type CallFrame, type CpuProfile, codeType, isWasm } from './cpuProfile.js';

/** A thread as the trace identifies it, and its samples. */
export interface SampledThread {
  readonly pid: number;
  readonly tid: number;
  readonly profile: CpuProfile;
}

/** Nodes or samples in one event: some tens of kilobytes of text. */
const CHUNK = 500;

/**
 * Writes profiles as the events of Chrome's own profiler. Each thread has a Profile event with the start time, then ProfileChunk
 * events: first the call tree, then the samples.
 * Source: V8, src/profiler/cpu-profiler.cc and profile-generator.cc (StreamPendingTraceEvents).
 * @param capturedUrls addresses of the captured Wasm modules
 */
export function* profileEvents(threads: readonly SampledThread[], capturedUrls: readonly string[]): Generator<object> {
  const moduleUrls = new Set(capturedUrls);
  for (const { profile } of threads)
    for (const { callFrame } of profile.nodes) if (isWasm(callFrame)) moduleUrls.add(callFrame.url);
  moduleUrls.delete('');
  for (const [i, { pid, tid, profile }] of threads.entries()) {
    const event = (name: string, ts: number, data: object): object => ({
      args: { data: { source: 'Inspector', ...data } },
      cat: 'disabled-by-default-v8.cpu_profiler',
      id: `0x${(i + 1).toString(16)}`,
      name,
      ph: 'P',
      pid,
      tid,
      ts,
    });
    const { startTime, endTime, samples, timeDeltas } = profile;
    yield event('Profile', startTime, { startTime });
    for (const nodes of inChunks(treeNodes(profile, moduleUrls)))
      yield event('ProfileChunk', startTime, { cpuProfile: { nodes } });
    let atUs = startTime;
    for (let from = 0; from < samples.length; from += CHUNK) {
      const deltas = timeDeltas.slice(from, from + CHUNK);
      atUs += deltas.reduce((sum, delta) => sum + delta, 0);
      const data = { cpuProfile: { samples: samples.slice(from, from + CHUNK) }, timeDeltas: deltas };
      yield event('ProfileChunk', atUs, from + CHUNK < samples.length ? data : { ...data, endTime });
    }
  }
}

/** The nodes with their parent instead of their children. */
function treeNodes({ nodes }: CpuProfile, moduleUrls: ReadonlySet<string>): object[] {
  const parentOf = new Map<number, number>();
  for (const { id, children } of nodes) for (const child of children) parentOf.set(child, id);
  return nodes.map(({ id, callFrame }) => {
    const parent = parentOf.get(id);
    return {
      callFrame: { codeType: codeType(callFrame, moduleUrls), ...place(callFrame) },
      id,
      ...(parent === undefined ? {} : { parent }),
    };
  });
}

/** Missing fields are left out, as in Chrome's traces. */
function place({ functionName, scriptId, url, lineNumber, columnNumber }: CallFrame): object {
  return {
    ...(columnNumber < 0 ? {} : { columnNumber }),
    functionName,
    ...(lineNumber < 0 ? {} : { lineNumber }),
    scriptId: Number(scriptId),
    ...(url === '' ? {} : { url }),
  };
}

function* inChunks<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < all.length; from += CHUNK) yield all.slice(from, from + CHUNK);
}
