import { link, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/cli/explain.js';
import { refuseOverwriting } from '../../src/cli/refuseOverwriting.js';
import { temporaryFolder } from '../models/temporaryFolder.js';

describe('a report does not replace what it is made from', () => {
  test('by whatever path it is named', async () => {
    const folder = await temporaryFolder();
    const trace = join(folder, 'trace.json');
    await writeFile(trace, '[]');
    await link(trace, join(folder, 'hard.json'));
    await symlink('trace.json', join(folder, 'soft.json'));
    await symlink('.', join(folder, 'again'));
    const same = ['trace.json', './trace.json', 'trace.json/', 'again/trace.json', 'hard.json', 'soft.json'];
    for (const out of [...same.map((name) => `${folder}/${name}`), relative('.', trace)]) {
      await expect(refuseOverwriting(out, [trace]), out).rejects.toThrow(UsageError);
    }
    await refuseOverwriting(join(folder, 'report.html'), [trace]);
    await writeFile(join(folder, 'report.html'), '');
    await refuseOverwriting(join(folder, 'report.html'), [trace]);
  });

  test('nor a file of a bundle or of a study, but their reports', async () => {
    const folder = await temporaryFolder();
    const run = join(folder, 'runs', 'cell', '0');
    await mkdir(join(run, 'modules'), { recursive: true });
    await mkdir(join(folder, 'tables'));
    const read = ['study.json', 'runs/cell/0/run.json', 'runs/cell/0/trace.json.gz', 'runs/cell/0/modules/a.wasm'];
    const written = ['report.html', 'mine.html', 'runs/cell/0/report.html'];
    for (const name of [...read, ...written]) await writeFile(join(folder, name), '');
    for (const name of read)
      await expect(refuseOverwriting(join(folder, name), [folder]), name).rejects.toThrow(/is read for the report/);
    for (const name of written) await refuseOverwriting(join(folder, name), [folder]);
    await expect(refuseOverwriting(join(run, 'run.json'), [run])).rejects.toThrow(UsageError);
    await expect(refuseOverwriting(run, [run])).rejects.toThrow(UsageError);
  });

  test('runs that lead back to themselves are not followed', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'runs'));
    for (const name of ['a', 'b', 'c']) await symlink('../runs', join(folder, 'runs', name));
    await writeFile(join(folder, 'out.html'), '');
    await refuseOverwriting(join(folder, 'out.html'), [folder]);
  });
});
