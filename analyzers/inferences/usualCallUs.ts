import type { WasmRealm } from '../../src/bundle/wasmLog.js';

/**
 * How long a call of an export takes in the median, µs, those included that were too short to be written down: they count as 0. What takes long
 * only now and then had no core.
 * @returns per name of the realm
 */
export function usualCallUs({ names, shortOf, calls }: Pick<WasmRealm, 'names' | 'shortOf' | 'calls'>): readonly number[] {
  const tookUs: number[][] = names.map(() => []);
  for (let i = 0; i < calls.name.length; i++) {
    tookUs[calls.name[i]!]?.push(1000 * Math.max(calls.tookMs[i]!, calls.doneMs[i]! - calls.atMs[i]!));
  }
  return tookUs.map((us, name) => {
    const short = shortOf?.[name] ?? 0;
    return us.sort((a, b) => a - b)[Math.floor((short + us.length) / 2) - short] ?? 0;
  });
}
