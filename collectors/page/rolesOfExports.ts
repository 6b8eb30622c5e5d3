import { type ExportRole, exportRoles } from '../../src/bundle/exportRoles.js';
import { isAdapter, isWasm } from '../cpuProfile/cpuProfile.js';
import type { ThreadProfile } from '../cpuProfile/threadsOfProfiles.js';
import { fetchScript } from '../pageHook/fetchModules.js';
import type { ProtocolSession } from '../protocolSession.js';

/** A page loads one or two runtimes. */
const MOST_SCRIPTS = 8;

/**
 * What calls of a runtime's exports are for, by the scripts that were sampled as they called Wasm. A runtime that is not known has
 * none. Never fails: a script that cannot be had is left out.
 * @param page a session with the page
 */
export async function rolesOfExports(
  page: ProtocolSession,
  profiles: readonly ThreadProfile[],
): Promise<ReadonlyMap<string, ExportRole>> {
  const urls = [...callingScripts(profiles)].filter((url) => /^https?:/.test(url)).slice(0, MOST_SCRIPTS);
  const sources = await Promise.all(urls.map((url) => fetchScript(page, url).catch(() => '')));
  return new Map(sources.flatMap((source) => [...exportRoles(source)]));
}

/** URLs of the scripts that were sampled with Wasm that they called. No recursion: a call stack may be as deep as the profile has nodes. */
export function callingScripts(profiles: readonly ThreadProfile[]): ReadonlySet<string> {
  const urls = new Set<string>();
  for (const { profile } of profiles) {
    const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
    const callerOf = new Map(profile.nodes.flatMap(({ id, children }) => children.map((child) => [child, id] as const)));
    const isBetween = (id: number): boolean => {
      const callFrame = nodes.get(id)?.callFrame;
      return callFrame !== undefined && (callFrame.url === '' || isAdapter(callFrame.functionName));
    };
    const seen = new Set<number>();
    for (const { id, callFrame } of profile.nodes) {
      if (!isWasm(callFrame)) continue;
      // Adapters and builtins, which have no script, may stand between.
      let caller = callerOf.get(id);
      while (caller !== undefined && !seen.has(caller) && isBetween(caller)) {
        seen.add(caller);
        caller = callerOf.get(caller);
      }
      const script = caller === undefined || isBetween(caller) ? undefined : nodes.get(caller)?.callFrame;
      if (script && !isWasm(script)) urls.add(script.url);
    }
  }
  return urls;
}
