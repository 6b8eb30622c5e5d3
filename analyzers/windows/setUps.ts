import { median, sum } from 'simple-statistics';
import type { WasmLog } from '../../src/bundle/wasmLog.js';
import { callRoles } from './callRoles.js';
import { callMs } from './callSeries.js';

/** Sessions that a watched page created, as hooks recorded the calls. */
export interface SetUps {
  /** Number of sessions created, and of runs of any session. */
  readonly count: number;
  readonly runs: number;
  readonly medianMs: number;
  /** Part of the time of creating and running that creating took. */
  readonly share: number;
  /** Names of the exports that create one. Untrusted text. */
  readonly exports: readonly string[];
  /** `script`: the runtime's script says what they are for. `names`: their names do, and how they are called agrees. */
  readonly by: 'script' | 'names';
}

/** @returns null if no export is known to create a session, or none was created */
export function setUps({ realms }: WasmLog): SetUps | null {
  const ms = { create: [] as number[], run: [] as number[] };
  const exports = new Set<string>();
  let isByNames = false;
  for (const realm of realms) {
    const { roleOf, by } = callRoles(realm);
    isByNames ||= by === 'names';
    realm.calls.name.forEach((name, i) => {
      const role = roleOf(realm.calls.instance[i]!, name);
      if (role === 'create') exports.add(realm.names[name] ?? '');
      if (role === 'create' || role === 'run') ms[role].push(callMs(realm.calls, i));
    });
  }
  if (ms.create.length === 0) return null;
  return {
    count: ms.create.length,
    runs: ms.run.length,
    medianMs: median(ms.create),
    share: sum(ms.create) / (sum(ms.create) + sum(ms.run)),
    exports: [...exports],
    by: isByNames ? 'names' : 'script',
  };
}

/** Whether sessions are created again and again: one for at most this number of runs. */
const RUNS_PER_SESSION = 2;

/** Two sessions may be two models. */
export const recurs = ({ count, runs }: SetUps): boolean => count > 2 && runs <= RUNS_PER_SESSION * count;
