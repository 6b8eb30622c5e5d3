import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Analysis } from '../../analyzers/index.js';
import { findBrowser } from '../../collectors/browser/findBrowser.js';
import { baselineSchema, manifestSchema } from '../../src/bundle/manifest.js';
import { temporaryFolder } from '../models/temporaryFolder.js';
import { BRIEFLY, runTrace } from './runTrace.js';

describe.skipIf(!findBrowser())('a page without cross-origin isolation (skipped without a browser: trace doctor --fix)', () => {
  const title = 'gives %s one thread of the two asked for, and the run says why on its first screen';
  test.each(['ort'])(title, givenOneThread);
  test.each(['tfjs'])(title, { tags: ['slow'] }, givenOneThread);

  async function givenOneThread(framework: string): Promise<void> {
    const bundle = join(await temporaryFolder(), 'bundle');
    const how = [
      '--framework',
      framework,
      '--model',
      'tiny-operators',
      '--threads',
      '2',
      '--isolation',
      'off',
      '--iterations',
      '3',
      ...BRIEFLY,
    ];
    expect(await runTrace(['collect', ...how, '--out', bundle])).toMatchObject({ code: 0 });

    const read = async (name: string): Promise<unknown> => JSON.parse(await readFile(join(bundle, name), 'utf8'));
    const manifest = manifestSchema.parse(await read('run.json'));
    expect(manifest.workload).toMatchObject({ isolated: false, threadsAsked: 2 });
    expect(manifest.framework).toMatchObject({ crossOriginIsolated: false, threads: 1 });
    expect(manifest.outputs).toMatchObject({ match: true });
    expect(baselineSchema.parse(await read('baseline.json')).threads).toBe(1);

    const { run, notes, instructionSet, partition }: Analysis = JSON.parse(
      (await runTrace(['analyze', bundle, '--json'])).stdout,
    );
    expect(run).toMatchObject({ threads: 1, threadsAsked: 2, crossOriginIsolated: false });
    expect(notes).toContainEqual({ id: 'fewer-threads', level: 'warning', text: expect.stringContaining('--isolation off') });
    expect(notes.map(({ id }) => id)).toContain('coarse-timers');
    expect(instructionSet!.threads).toMatchObject({ ran: false, share: 0 });
    expect(partition!.windows).toBe(3);

    const screen = (await runTrace(['analyze', bundle, '--verbose'])).stdout;
    expect(screen).toContain('1 of the 2 threads asked for: the page is not cross-origin isolated (--isolation off)');
    const report = await readFile(join(bundle, 'report.html'), 'utf8');
    expect(report).toMatch(/<dt>Doubtful<\/dt>.*?<dd>1 of the 2 threads asked for: the page is not cross-origin isolated/s);
  }
});
