import { z } from 'zod';
import { type FetchedModule, fetchModules } from '../pageHook/fetchModules.js';
import { matchesModule, type SampledFunction } from '../pageHook/matchesModule.js';
import type { ProtocolSession } from '../protocolSession.js';
import type { PageRecord } from './pageRecord.js';
import { valueInIsolatedWorld } from './valueInIsolatedWorld.js';

/** A page that loads more is not asked for all of them. */
const MOST_CANDIDATES = 20;

/**
 * Puts the bytes of Wasm that a page had before it was watched into the bundle: those that the browser gives for the addresses that were
 * sampled and, of modules that have none, those of the Wasm files that the page loaded. Only what has every sampled function where V8 has it is kept.
 * @param sampled functions that were sampled, by the address of their module
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

/** Addresses of the Wasm files that the page has loaded, by its own list of resources, as none of its scripts can change it. */
async function loadedWasm(page: ProtocolSession): Promise<readonly string[]> {
  const expression = `performance.getEntriesByType('resource').map(({ name }) => name)
    .filter((name) => /\\.wasm([?#]|$)/.test(name)).slice(0, ${MOST_CANDIDATES})`;
  return valueInIsolatedWorld(page, expression, z.array(z.string()));
}
