import { z } from 'zod';
import { BuildLack } from '../builds/buildError.js';
import { compareVersions, isPreRelease, isVersion } from '../builds/compareVersions.js';
import { npm } from '../builds/npm.js';
import { BisectError } from './bisectError.js';

/** A single version is not in a list. */
const listSchema = z.union([z.array(z.string()), z.string().transform((only) => [only])]);

/** All published versions of a package, oldest first. @throws BisectError if the registry cannot be asked */
export async function publishedVersions(name: string, signal: AbortSignal, ask: typeof npm = npm): Promise<string[]> {
  const text = await ask(['view', name, 'versions', '--json'], signal).catch((error: Error) => {
    if (error instanceof BuildLack) throw new BisectError(`The registry of npm has no package ${name}.`);
    throw error;
  });
  const list = listSchema.safeParse(orNull(text));
  if (!list.success) throw new BisectError(`What npm says of the versions of ${name} is no list of them.`);
  return list.data.filter(isVersion).sort(compareVersions);
}

function orNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export interface Ends {
  readonly good: string;
  readonly bad: string;
}

/**
 * The versions to search: from the good one to the bad one, and what was published between.
 * @param dev whether pre-releases count; the ends may be some in any case
 * @throws BisectError if an end is not published, or they are not in this order
 */
export function versionsBetween(name: string, published: readonly string[], { good, bad }: Ends, dev: boolean): string[] {
  for (const [option, version] of [
    ['--good', good],
    ['--bad', bad],
  ] as const) {
    if (!published.includes(version)) throw new BisectError(unknownVersion(option, name, version, published), true);
  }
  if (good === bad) throw new BisectError(`--good and --bad are both ${good}: there is nothing between.`, true);
  if (compareVersions(good, bad) > 0)
    throw new BisectError(`--good ${good} came after --bad ${bad}. The search goes from an older version to a newer one.`, true);
  return published.filter(
    (version) =>
      version === good ||
      version === bad ||
      (compareVersions(good, version) < 0 && compareVersions(version, bad) < 0 && (dev || !isPreRelease(version))),
  );
}

function unknownVersion(option: string, name: string, version: string, published: readonly string[]): string {
  const stable = published.filter((each) => !isPreRelease(each));
  const near = [
    stable.findLast((each) => compareVersions(each, version) < 0),
    stable.find((each) => compareVersions(each, version) > 0),
  ].filter((each) => each !== undefined);
  return `${option} ${version}: ${name} has no such version. ${near.length > 0 ? `Next to it are ${near.join(' and ')}.` : 'It has none.'}`;
}
