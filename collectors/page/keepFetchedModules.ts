import { z } from 'zod';
import { isWasm } from '../cpuProfile/cpuProfile.js';
import type { ThreadProfile } from '../cpuProfile/threadsOfProfiles.js';
import { type FetchedModule, fetchModules, matchesModule, type SampledFunction } from '../pageHook/fetchModules.js';
import type { ProtocolSession } from '../protocolSession.js';
import { valueInIsolatedWorld } from './isolatedWorld.js';
import type { PageRecord } from './pageRecord.js';

/** If a page loads more Wasm files, only the first ones are requested. */
const MOST_CANDIDATES = 20;

/**
 * Puts the Wasm modules that a page compiled before the recording into the bundle. It requests the addresses of sampled functions
 * and, for modules without an address, the Wasm files that the page loaded. A module is kept only if every sampled function is
 * where V8 reports it.
 * @param sampled sampled functions, by the address of their module
 */
export async function keepFetchedModules(
  { manifest, writer }: PageRecord,
  page: ProtocolSession,
  sampled: ReadonlyMap<string, readonly SampledFunction[]>,
): Promise<void> {
  const addresses = [...sampled.keys()];
  const candidates = addresses.every(hasAddress) ? [] : await loadedWasm(page).catch(() => []);
  const fetched = await fetchModules(page, [...new Set([...addresses, ...candidates])]);
  const lacks: string[] = [];
  let found = 0;
  for (const [address, functions] of sampled) {
    const module = fetched.find(
      (one): one is FetchedModule & { bytes: Uint8Array } =>
        (one.url === address || !hasAddress(address)) && one.bytes !== null && matchesModule(one.bytes, functions),
    );
    if (!module) {
      const own = fetched.find(({ url }) => url === address)!;
      lacks.push(own.bytes === null ? own.why : 'What its server gives now is not what the page runs.');
      continue;
    }
    found++;
    const kept = await writer.module(module.url, module.bytes);
    if (!manifest.modules.some(({ sha256 }) => sha256 === kept.sha256)) manifest.modules.push(kept);
  }
  const lack = lacks.length > 0 ? `; what could not be had: ${lacks.length} (${lacks[0]})` : '';
  manifest.collectors.modules =
    found === 0 && lacks.length > 0
      ? { outcome: 'failed', detail: lacks[0]! }
      : { outcome: 'done', detail: `${found} Wasm modules fetched, each checked against what was sampled${lack}` };
}

const hasAddress = (url: string): boolean => /^https?:/.test(url);

/** Addresses of the page's Wasm files, from its resource timing, read where its scripts cannot change it. */
async function loadedWasm(page: ProtocolSession): Promise<readonly string[]> {
  const expression = `performance.getEntriesByType('resource').map(({ name }) => name)
    .filter((name) => /\\.wasm([?#]|$)/.test(name)).slice(0, ${MOST_CANDIDATES})`;
  return valueInIsolatedWorld(page, expression, z.array(z.string()));
}

const UNNAMED = /^wasm-function\[(\d+)\]$/;

/** The sampled Wasm functions, by the address of their module in V8: `wasm://…` if it was not streamed. */
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
