import type { WasmRealm } from '../../../src/bundle/wasmLog.js';
import type { Counting } from '../counting.js';
import { callRows } from './callRows.js';
import { type Counters, keepCounters } from './counters.js';
import { type CountingModules, countingModules } from './countingModules.js';
import { hookEdges, importsSeen } from './hookEdges.js';
import { instanceMemories, isMemory } from './instanceMemories.js';
import { intrinsics } from './intrinsics.js';
import { type KeptModule, keepModules, type ModuleKeeper } from './keepModules.js';
import { type Callable, passOn, type StandIns } from './standIns.js';
import { wrapExports } from './wrapExports.js';

const { getOwnPropertyDescriptor, mapGet, mapSet, now, promiseThen, WasmModule } = intrinsics;

/** Instances beyond this number are not told apart. A page that creates thousands does not use each for inference. */
const MOST_INSTANCES = 4096;

type Instance = Omit<WasmRealm['instances'][number], 'sha256'> & { readonly module: number };

/** What an instance was given, known once Wasm has read its imports. */
interface Imported {
  memory: object | null;
}

export interface WasmHook {
  readonly modules: ModuleKeeper;
  read(): object;
  /** Null where modules do not count. */
  readonly counting: { readonly counters: Counters; readonly modules: CountingModules } | null;
  /** Stops recording. */
  stop(): void;
}

/**
 * Stands between the scripts and WebAssembly. It keeps the bytes of modules, and records the outermost calls into them.
 * @param given makes modules count what they execute; null: they stay as they are
 */
export function hookWasm(edge: StandIns, given: Counting | null): WasmHook {
  const memories = instanceMemories();
  const rows = callRows(memories.bytes);
  const modules = keepModules();
  const counting = given && { counters: keepCounters(given, edge), modules: countingModules(given) };
  const isOwn = (name: string): boolean => counting?.counters.isOwn(name) ?? false;
  const wrapper = wrapExports(rows, edge, isOwn);
  const instances: Instance[] = [];
  const positions = new WeakMap<object, number>();
  const exportsOf = getOwnPropertyDescriptor(WebAssembly.Instance.prototype, 'exports')!.get!;
  let isOn = true;

  const madeInstance = (instance: object, module: number, askedMs: number, { memory }: Imported): void => {
    if (!isOn) return;
    const exports = passOn.call(exportsOf as never, instance, []) as object;
    counting?.counters.made(instance, exports);
    if (instances.length >= MOST_INSTANCES) return;
    mapSet(positions as never, instance, instances.length);
    memories.made(instances.length, exports, memory);
    instances[instances.length] = { module, atMs: askedMs, tookMs: now() - askedMs };
  };
  const isInstance = (value: unknown): boolean => {
    try {
      passOn.call(exportsOf as never, value, []);
      return true;
    } catch {
      return false;
    }
  };
  /** Inspects the result of an API promise before the page gets it. */
  const afterwards = (promise: unknown, look: (value: never) => void): unknown => {
    try {
      return promiseThen(
        promise as Promise<unknown>,
        (value) => {
          look(value as never);
          return value;
        },
        (error) => {
          throw error;
        },
      );
    } catch {
      return promise;
    }
  };
  const withImports = (parameters: unknown[]): Imported => {
    const imported: Imported = { memory: null };
    const seen = (value: unknown): void => {
      if (isMemory(value)) imported.memory = value;
    };
    if (parameters.length > 1) parameters[1] = importsSeen(parameters[1], edge, seen);
    return imported;
  };
  const madeModule = (module: object, kept: KeptModule | null): void => {
    if (!isOn || !kept) return;
    modules.made(module, kept);
    counting?.modules.made(module, kept);
  };

  for (const key of ['instantiate', 'instantiateStreaming'] as const) {
    edge.replace(WebAssembly, key, {
      call(original, self, parameters) {
        const askedMs = now();
        const kept = keptOf(key === 'instantiateStreaming', parameters);
        const given = parameters[0] as object;
        const imported = withImports(parameters);
        const made = passOn.call(original, self, parameters);
        const instantiated = counting ? counting.modules.instantiated(made, kept ?? given, parameters[1]) : made;
        return afterwards(instantiated, (result: { module: object; instance: object }) => {
          // For a module that already exists, the result is only the instance.
          if (isInstance(result)) return madeInstance(result, modules.positionOf(given), askedMs, imported);
          madeModule(result.module, kept);
          madeInstance(result.instance, modules.positionOf(result.module), askedMs, imported);
        });
      },
    });
  }
  for (const key of ['compile', 'compileStreaming'] as const) {
    edge.replace(WebAssembly, key, {
      call(original, self, parameters) {
        const kept = keptOf(key === 'compileStreaming', parameters);
        return afterwards(passOn.call(original, self, parameters), (module: object) => madeModule(module, kept));
      },
    });
  }
  edge.replace(WebAssembly, 'Module', {
    make(original, parameters, newTarget) {
      const kept = isOn && parameters.length > 0 ? modules.copy(parameters[0]) : null;
      const compile = (source: unknown): object => {
        if (parameters.length > 0) parameters[0] = source;
        return passOn.make(original, parameters, newTarget);
      };
      const module = isOn && counting ? counting.modules.module(parameters[0], compile) : compile(parameters[0]);
      madeModule(module, kept);
      return module;
    },
  });
  edge.replace(WebAssembly, 'Instance', {
    make(original, parameters, newTarget) {
      const askedMs = now();
      const module = parameters[0] as object;
      const imported = withImports(parameters);
      const instance = makeInstance(original, parameters, newTarget);
      madeInstance(instance, modules.positionOf(module), askedMs, imported);
      return instance;
    },
  });
  function makeInstance(original: Callable, parameters: unknown[], newTarget: Callable): object {
    const module = parameters[0] as object;
    if (!isOn || !counting || parameters.length === 0) return passOn.make(original, parameters, newTarget);
    parameters[0] = counting.modules.atOnce(module);
    try {
      return passOn.make(original, parameters, newTarget);
    } catch (error) {
      const bytes = counting.modules.withoutCounters(error, module);
      if (!bytes) throw error;
      parameters[0] = new WasmModule(bytes as Uint8Array<ArrayBuffer>);
      return passOn.make(original, parameters, newTarget);
    }
  }
  const getExports = {
    get exports(): object {
      const exports = passOn.call(exportsOf as never, this, []) as object;
      return isOn ? wrapper.exportsOf(exports, (mapGet(positions as never, this) as number | undefined) ?? -1) : exports;
    },
  };
  edge.put(WebAssembly.Instance.prototype, 'exports', 'get', getOwnPropertyDescriptor(getExports, 'exports')!.get!);
  hookEdges(edge, wrapper);
  if (counting) {
    edge.replace(WebAssembly.Module, 'exports', {
      call(original, self, parameters) {
        const all = passOn.call(original, self, parameters) as WebAssembly.ModuleExportDescriptor[];
        const seen: WebAssembly.ModuleExportDescriptor[] = [];
        for (let i = 0; i < all.length; i++) if (!isOwn(all[i]!.name)) seen[seen.length] = all[i]!;
        return seen;
      },
    });
  }

  function keptOf(isStream: boolean, parameters: unknown[]): KeptModule | null {
    if (!isOn || parameters.length === 0) return null;
    if (!isStream) {
      const kept = modules.copy(parameters[0]);
      if (counting) parameters[0] = counting.modules.bytes(parameters[0]);
      return kept;
    }
    const { kept, source } = modules.stream(parameters[0]);
    parameters[0] = counting ? counting.modules.response(source) : source;
    return kept;
  }
  return {
    modules,
    counting,
    read: () => ({ instances, ...rows.read() }),
    stop() {
      isOn = false;
      wrapper.stop();
      modules.clear();
      memories.clear();
      instances.length = 0;
    },
  };
}
