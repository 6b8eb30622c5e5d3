import type { GpuRealm } from '../../../src/bundle/gpuLog.js';

type Call = Partial<{ doneMs: number; bytes: number; count: number; site: string; program: number; context: number }> & {
  readonly name: string;
  readonly atMs: number;
  readonly tookMs: number;
};

interface Parts {
  readonly calls?: readonly Call[];
  readonly passes?: readonly { readonly call: number; readonly startUs: number; readonly durationUs: number }[];
  readonly adapters?: GpuRealm['adapters'];
  readonly programs?: GpuRealm['programs'];
  readonly clock?: Partial<GpuRealm['clock']>;
}

/** What a realm asked of the GPU, in few words. Its clock is the trace's, in ms, unless said otherwise. */
export function buildGpuLog({ calls = [], passes = [], adapters = [], programs = [], clock = {} }: Parts): GpuRealm {
  const names = [...new Set(calls.map(({ name }) => name))];
  const sites = [...new Set(calls.flatMap(({ site }) => (site === undefined ? [] : [site])))];
  return {
    clock: { mark: 'inferscope:gpu:test', atMs: 0, stepMs: 0.005, ...clock },
    adapters,
    losses: [],
    errors: [],
    names,
    sites,
    programs,
    calls: {
      name: calls.map(({ name }) => names.indexOf(name)),
      atMs: calls.map(({ atMs }) => atMs),
      tookMs: calls.map(({ tookMs }) => tookMs),
      doneMs: calls.map(({ doneMs = -1 }) => doneMs),
      bytes: calls.map(({ bytes = -1 }) => bytes),
      count: calls.map(({ count = -1 }) => count),
      site: calls.map(({ site }) => (site === undefined ? -1 : sites.indexOf(site))),
      program: calls.map(({ program = -1 }) => program),
      ...(calls.some(({ context }) => context !== undefined) && { context: calls.map(({ context = -1 }) => context) }),
    },
    passes: {
      call: passes.map(({ call }) => call),
      startUs: passes.map(({ startUs }) => startUs),
      durationUs: passes.map(({ durationUs }) => durationUs),
    },
    dropped: 0,
  };
}
