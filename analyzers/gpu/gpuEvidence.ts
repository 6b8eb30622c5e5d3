import type { Evidence } from '../evidence.js';
import { deviceClock } from './deviceClock.js';
import type { RealmOnTrace } from './gpuRealm.js';

/** What GPU causes rest on while the page waits, in words; what of them is on its own thread shows in its samples and slices. */
export function gpuEvidence(realms: readonly RealmOnTrace[]): Evidence {
  return {
    'gpu.execute': executing(realms),
    'gpu.validate': 'tasks of the GPU process with commands of this thread, while it waited',
    'gpu.compile': 'shaders and pipelines made in the GPU process while this thread waited for them',
    'gpu.ipc': 'waiting before the GPU process took commands up',
    'gpu.transfer': 'reading back and uploading in the GPU process while this thread waited',
    'gpu.sync': 'waiting when neither the GPU process nor the device did anything for it',
  };
}

function executing(realms: readonly RealmOnTrace[]): string {
  const stamped = realms.reduce((sum, { log }) => sum + log.passes.startUs.filter((startUs) => startUs >= 0).length, 0);
  const measured = realms.reduce((sum, { log }) => sum + log.passes.startUs.filter((startUs) => startUs < 0).length, 0);
  if (stamped > 0) {
    const errors = realms.map((realm) => deviceClock(realm)?.errorUs ?? null).filter((errorUs) => errorUs !== null);
    const known = errors.length > 0 ? `, known on the trace’s clock to ${(Math.max(...errors) / 1000).toFixed(1)} ms` : '';
    return `${stamped} passes of the whole trace, by the device’s own timestamps${known}`;
  }
  if (measured > 0) {
    return `${measured} stretches of draws of the whole trace, whose length the device tells; they begin when the GPU process had taken them up`;
  }
  return 'until the answer was there: the device tells no times';
}
