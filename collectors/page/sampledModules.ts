import { isWasm } from '../cpuProfile/codeType.js';
import type { ThreadProfile } from '../cpuProfile/threadsOfProfiles.js';
import type { SampledFunction } from '../pageHook/matchesModule.js';

const UNNAMED = /^wasm-function\[(\d+)\]$/;

/** The Wasm functions that were sampled, by the address of their module as V8 has it: `wasm://…` where it was not streamed. */
export function sampledModules(profiles: readonly ThreadProfile[]): ReadonlyMap<string, readonly SampledFunction[]> {
  const modules = new Map<string, Map<string, SampledFunction>>();
  for (const { profile } of profiles) {
    for (const { callFrame } of profile.nodes) {
      const { functionName, url, columnNumber: byteOffset } = callFrame;
      if (url === '' || byteOffset < 0 || !isWasm(callFrame)) continue;
      const index = UNNAMED.exec(functionName)?.[1];
      const functions = modules.get(url) ?? new Map<string, SampledFunction>();
      functions.set(`${byteOffset}`, { index: index === undefined ? null : Number(index), byteOffset });
      modules.set(url, functions);
    }
  }
  return new Map([...modules].map(([url, functions]) => [url, [...functions.values()]]));
}
