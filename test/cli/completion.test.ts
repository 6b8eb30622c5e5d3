import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../models/temporaryFolder.js';
import { runTrace } from './runTrace.js';

describe('completion', () => {
  /** What bash is offered when the cursor stands behind these words. */
  async function offered(words: readonly string[], cwd?: string): Promise<string[]> {
    const env = { SHELL: '/bin/bash' };
    const ended = await runTrace(['--get-yargs-completions', 'trace', ...words], { env, ...(cwd !== undefined && { cwd }) });
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    return ended.stdout.split('\n').filter((line) => line !== '');
  }

  test('a script for the shell is printed', async () => {
    const { stdout, code } = await runTrace(['completion'], { env: { SHELL: '/bin/bash' } });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^complete .* trace$/m);
    expect((await runTrace(['completion'], { env: { SHELL: '/bin/zsh' } })).stdout).toMatch(/^#compdef trace$/m);
    expect((await runTrace(['completion', 'zsh'], { env: { SHELL: '/bin/bash' } })).stdout).toMatch(/^#compdef trace$/m);
    expect(await runTrace(['completion', 'fish'])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('bash and zsh'),
    });
  });

  test('commands, options, choices and models are offered where they fit, and files where a path is wanted', async () => {
    expect(await offered(['an'])).toContain('analyze');
    expect(await offered(['collect', '--qo'])).toEqual(expect.arrayContaining(['--qoe', '--qoe-backend']));
    expect(await offered(['collect', '--framework', ''])).toEqual(['ort', 'tfjs', 'litert']);
    expect(await offered(['collect', '--model', 'pp'])).toEqual(expect.arrayContaining(['ppocr-det', 'mobilenet-v2']));
    expect(await offered(['study', ''])).toEqual(['paper', 'quick']);
    expect(await offered(['collect', '--out', ''])).toEqual([]);
  });

  test('bundles are offered by their path, but none that a shell could take for something else', async () => {
    const folder = await temporaryFolder();
    for (const name of ['one', 'two; rm -rf x', 'no-bundle']) await mkdir(join(folder, 'traces', name), { recursive: true });
    for (const name of ['one', 'two; rm -rf x']) await writeFile(join(folder, 'traces', name, 'run.json'), '{}');
    expect(await offered(['analyze', ''], folder)).toEqual(['traces/one']);
  });
});
