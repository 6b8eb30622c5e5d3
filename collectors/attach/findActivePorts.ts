import { join } from 'node:path';
import type { AttachEffects } from './attachEffects.js';
import { type ActivePort, parseActivePort } from './parseActivePort.js';
import type { ProfileFolder } from './profileFolders.js';
import { readVersion } from './readVersion.js';

/** A `DevToolsActivePort` file of a known profile folder. */
export interface FoundPort extends ProfileFolder, ActivePort {
  /** Whether that browser still listens; a browser that was killed leaves its file behind. */
  readonly state: 'answers' | 'nobody' | 'another browser';
}

/** Name of the file, in the folder of the profiles. */
export const ACTIVE_PORT = 'DevToolsActivePort';

/** Reads the file of every known profile folder, and sees who still listens. */
export async function findActivePorts(effects: AttachEffects): Promise<readonly FoundPort[]> {
  const found = await Promise.all(
    effects.folders.map(async (profile): Promise<FoundPort | null> => {
      const text = await effects.readText(join(profile.folder, ACTIVE_PORT));
      const port = text === null ? null : parseActivePort(text);
      return port && { ...profile, ...port, state: await stateOf(port, effects) };
    }),
  );
  return found.filter((port) => port !== null);
}

async function stateOf({ port, path }: ActivePort, effects: AttachEffects): Promise<FoundPort['state']> {
  if (!(await effects.listens(port))) return 'nobody';
  // Switched on at chrome://inspect it has no such page; where there is one, its id tells whether the port has changed hands.
  const answer = await effects.version(`http://127.0.0.1:${port}`);
  const version = answer.kind === 'text' ? readVersion(answer.text) : null;
  return version && version.path !== path ? 'another browser' : 'answers';
}
