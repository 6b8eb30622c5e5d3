import type { GpuLog } from '../../src/bundle/gpuLog.js';
import type { PageManifest } from '../../src/bundle/pageManifest.js';
import { plural } from '../../src/view/format.js';
import { deniedRequests, type GpuRequest, gpuRequests } from './gpuRequests.js';
import { pageState } from './pageState.js';

/** What is known of a page's state in a few words, such as "not cross-origin isolated, 1 of 4 threads, 2 dedicated workers". */
export function stateText({ state, realms }: Pick<PageManifest, 'state' | 'realms'>, gpu: GpuLog | null): string {
  const { threads, crossOriginIsolated = null, webgpu } = state ? pageState(state) : {};
  const isolated = crossOriginIsolated ? 'cross-origin isolated' : 'not cross-origin isolated';
  return [
    ...(crossOriginIsolated === null ? [] : [isolated]),
    ...(threads ? [`${threads.got} of ${threads.asked} threads`] : []),
    ...(realms ? [workersText(realms)] : []),
    ...(webgpu === false ? ['no navigator.gpu'] : []),
    ...(gpu ? deniedRequests(gpuRequests(gpu)).map(deniedText) : []),
  ].join(', ');
}

const KINDS = ['dedicated', 'shared', 'service'] as const;

/** "2 dedicated workers, 1 service worker" */
export function workersText(realms: readonly NonNullable<PageManifest['realms']>[number][]): string {
  const counts = KINDS.flatMap((kind) => {
    const count = realms.reduce((sum, realm) => sum + (realm.kind === kind ? realm.count : 0), 0);
    return count > 0 ? [plural(count, `${kind} worker`)] : [];
  });
  return counts.length > 0 ? counts.join(', ') : 'no workers';
}

const TITLES: Readonly<Record<GpuRequest['what'], string>> = {
  adapter: 'WebGPU adapter',
  device: 'WebGPU device',
  webgl: 'WebGL context',
  webgl2: 'WebGL 2 context',
};

export const requestTitle = ({ what }: Pick<GpuRequest, 'what'>): string => TITLES[what];

/** "WebGPU adapter refused 2 of 2 times" */
export const deniedText = (request: GpuRequest): string =>
  `${requestTitle(request)} refused ${request.refused + request.failed} of ${plural(request.count, 'time')}`;
