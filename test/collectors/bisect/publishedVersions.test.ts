import { describe, expect, test } from 'vitest';
import { BisectError } from '../../../collectors/bisect/bisectError.js';
import { publishedVersions, versionsBetween } from '../../../collectors/bisect/publishedVersions.js';
import { BuildLack } from '../../../collectors/builds/buildError.js';
import { compareVersions } from '../../../collectors/builds/compareVersions.js';
import { npm } from '../../../collectors/builds/npm.js';

const { signal } = new AbortController();
const published = ['1.9.0', '1.10.0', '1.19.2', '1.20.0-dev.20240821-009209e016', '1.20.0', '1.20.1', '1.21.0-dev.1', '1.21.0'];

describe('publishedVersions', () => {
  test('are sorted as versions are, and nothing else is among them', async () => {
    const said = async () => JSON.stringify(['1.10.0', '1.9.0', 'latest', '1.20.0', '$(reboot)', '1.20.0-rc.1']);
    expect(await publishedVersions('p', signal, said)).toEqual(['1.9.0', '1.10.0', '1.20.0-rc.1', '1.20.0']);
    expect(await publishedVersions('p', signal, async () => '"1.0.0"')).toEqual(['1.0.0']);
  });

  test('are not there where the package is not, or npm says something else', async () => {
    await expect(publishedVersions('p', signal, () => Promise.reject(new BuildLack('no')))).rejects.toThrow(
      'The registry of npm has no package p.',
    );
    await expect(publishedVersions('p', signal, async () => 'Welcome!')).rejects.toThrow('is no list of them');
  });

  test('come in the order of semver', () => {
    const ordered = [
      '1.0.0-alpha',
      '1.0.0-alpha.1',
      '1.0.0-alpha.beta',
      '1.0.0-beta.2',
      '1.0.0-beta.11',
      '1.0.0',
      '1.0.1',
      '1.2.0',
    ];
    expect(ordered.toReversed().sort(compareVersions)).toEqual(ordered);
  });
});

describe('versionsBetween', () => {
  const between = (good: string, bad: string, dev = false) => versionsBetween('p', published, { good, bad }, dev);

  test('are the stable ones from end to end, and all where they are asked for', () => {
    expect(between('1.10.0', '1.21.0')).toEqual(['1.10.0', '1.19.2', '1.20.0', '1.20.1', '1.21.0']);
    expect(between('1.19.2', '1.20.0', true)).toEqual(['1.19.2', '1.20.0-dev.20240821-009209e016', '1.20.0']);
    // An end may be a pre-release.
    expect(between('1.20.1', '1.21.0-dev.1')).toEqual(['1.20.1', '1.21.0-dev.1']);
  });

  test.each([
    ['1.18.0', '1.21.0', '--good 1.18.0: p has no such version. Next to it are 1.10.0 and 1.19.2.'],
    ['1.20.0', '2.0.0', '--bad 2.0.0: p has no such version. Next to it are 1.21.0.'],
    ['1.20.0', '1.20.0', '--good and --bad are both 1.20.0'],
    ['1.21.0', '1.9.0', '--good 1.21.0 came after --bad 1.9.0'],
  ])('%s to %s is refused', (good, bad, message) => {
    expect(() => between(good, bad)).toThrow(BisectError);
    expect(() => between(good, bad)).toThrow(message);
  });
});

test('npm that is stopped is no failure of the registry', async () => {
  await expect(npm(['--version'], AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
});
