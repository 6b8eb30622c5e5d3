import type { GpuLog } from '../../src/bundle/gpuLog.js';

type Asked = NonNullable<GpuLog['realms'][number]['asked']>[number];

/** What a page asked for before it could use the GPU, over all of its realms. `reason` is untrusted text. */
export interface GpuRequest extends Asked {
  /** Whether the page used the API in the end, by whatever it got. */
  readonly used: boolean;
}

const APIS: Readonly<Record<Asked['what'], 'webgpu' | 'webgl'>> = {
  adapter: 'webgpu',
  device: 'webgpu',
  webgl: 'webgl',
  webgl2: 'webgl',
};

export function gpuRequests({ realms }: GpuLog): GpuRequest[] {
  const sums = new Map<Asked['what'], Asked>();
  for (const one of realms.flatMap(({ asked }) => asked ?? [])) {
    const known = sums.get(one.what) ?? { what: one.what, count: 0, refused: 0, failed: 0, reason: '' };
    sums.set(one.what, {
      ...known,
      count: known.count + one.count,
      refused: known.refused + one.refused,
      failed: known.failed + one.failed,
      reason: known.reason || one.reason,
    });
  }
  const used = new Set(realms.flatMap(({ adapters }) => adapters.map(({ api }) => api)));
  return [...sums.values()].filter(({ count }) => count > 0).map((sum) => ({ ...sum, used: used.has(APIS[sum.what]) }));
}

/** The requests that were never granted, of an API that the page could not use. */
export const deniedRequests = (requests: readonly GpuRequest[]): GpuRequest[] =>
  requests.filter(({ count, refused, failed, used }) => !used && refused + failed === count);
