import type { ExportRole } from '../../src/bundle/exportRoles.js';
import type { WasmRealm } from '../../src/bundle/wasmLog.js';

export interface CallRoles {
  /** What a call is for, by its instance and its position in the realm's names; null where that is not known. */
  readonly roleOf: (instance: number, name: number) => ExportRole | null;
  /** `script`: the runtime's own script says so. `names`: the names of the exports say so, and how they are called agrees. */
  readonly by: 'script' | 'names' | null;
}

/** Words in the names of exports, as modules that are compiled from C and C++ have them. */
const WORDS: readonly (readonly [role: ExportRole, words: RegExp])[] = [
  ['create', /^(create|init|initialize|load|make|new|open)$/],
  ['run', /^(run|infer|inference|invoke|predict|forward|execute|evaluate|transcribe)$/],
  ['release', /^(release|free|destroy|delete|dispose|close|unload)$/],
];
/** What is made anew for each run by nature is no session. */
const NO_SESSION = /^(tensors?|inputs?|outputs?|buffers?|arrays?|images?|strings?|data|values?|memory|options?)$/;
/** Fewer may be as many models. */
const FEWEST_SET_UPS = 3;
/** At least this part of them comes right before a run: a first one may be for nothing. */
const BEFORE_A_RUN = 0.8;

/**
 * What calls of a realm's exports are for. Of a runtime that is not known, names are a hint. They count in a module in which a set-up comes
 * again and again, each time before a run.
 */
export function callRoles(log: WasmRealm): CallRoles {
  const { roles } = log;
  if (roles?.some((role) => role !== null)) return { roleOf: (_, name) => roles[name] ?? null, by: 'script' };
  const named = log.names.map(roleByName);
  const modules = modulesOf(log);
  const settingUp = modulesThatSetUp(log, named, modules);
  return {
    roleOf: (instance, name) => (settingUp.has(modules(instance)) ? (named[name] ?? null) : null),
    by: settingUp.size > 0 ? 'names' : null,
  };
}

/** What calls of an export are for by the words in its name; null where they do not say. */
export function roleByName(name: string): ExportRole | null {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z]+/);
  if (words.some((word) => NO_SESSION.test(word))) return null;
  return WORDS.find(([, of]) => words.some((word) => of.test(word)))?.[0] ?? null;
}

/** Modules that are set up at least a few times, each time for a run of theirs. */
function modulesThatSetUp(
  { calls: { instance, name } }: WasmRealm,
  roles: readonly (ExportRole | null)[],
  moduleOf: (instance: number) => number,
): ReadonlySet<number> {
  const found = new Map<number, { setUps: number; beforeRun: number; last: ExportRole }>();
  for (let i = 0; i < name.length; i++) {
    const role = roles[name[i]!];
    if (role !== 'create' && role !== 'run') continue;
    const module = moduleOf(instance[i]!);
    const one = found.get(module) ?? { setUps: 0, beforeRun: 0, last: 'run' };
    found.set(module, one);
    if (role === 'create') one.setUps++;
    else if (one.last === 'create') one.beforeRun++;
    one.last = role;
  }
  const settingUp = [...found].filter(
    ([, { setUps, beforeRun }]) => setUps >= FEWEST_SET_UPS && beforeRun >= BEFORE_A_RUN * setUps,
  );
  return new Set(settingUp.map(([module]) => module));
}

/** Tells of an instance the first one of the same module. One whose module is not known is its own. */
export function modulesOf({ instances }: Pick<WasmRealm, 'instances'>): (instance: number) => number {
  const first = new Map<string, number>();
  const modules = instances.map(({ sha256 }, i) => {
    if (sha256 === null) return i;
    if (!first.has(sha256)) first.set(sha256, i);
    return first.get(sha256)!;
  });
  return (instance) => modules[instance] ?? instance;
}
