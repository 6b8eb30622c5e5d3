import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { unpackRecorded } from '../bundle/unpackRecorded.js';
import { runTrace } from './runTrace.js';

test('a packed bundle is analyzed as its folder is, and what was replaced is told', async () => {
  const bundle = await unpackRecorded('mobilenet-v2-main');
  const cwd = dirname(bundle);
  const plain = await runTrace(['pack', 'mobilenet-v2-main'], { cwd });
  expect(plain).toMatchObject({ code: 0, stdout: `${bundle}.zip\n` });
  const redacted = await runTrace(['pack', 'mobilenet-v2-main.zip', '--redact', '--out', 'redacted.zip'], { cwd });
  expect(redacted).toMatchObject({ code: 0, stdout: 'redacted.zip\n' });
  expect(redacted.stderr).toMatch(/Replaced: \d+ URLs, 1 host, .*\d+ script functions/);
  expect(redacted.stderr).toContain('AMD EPYC');
  const { code, stdout } = await runTrace(['analyze', 'redacted.zip', '--json'], { cwd });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ run: { model: 'mobilenet-v2' }, partition: { windows: 5 } });
});

test('what cannot be packed is refused in one line', async () => {
  const bundle = await unpackRecorded('mobilenet-v2-main');
  const cwd = dirname(bundle);
  await mkdir(join(cwd, 'study'));
  await writeFile(join(cwd, 'study', 'study.json'), '{}');
  await writeFile(join(cwd, 'trace.json'), '{"traceEvents":[]}');
  const cases: readonly (readonly [args: readonly string[], code: number, says: RegExp])[] = [
    [['nowhere'], 2, /nowhere does not exist/],
    [['study'], 2, /study is a study.*runs/],
    [['trace.json'], 1, /trace\.json is no run bundle/],
    [['mobilenet-v2-main', '--verbose'], 2, /--redact/],
    [['mobilenet-v2-main', '--out', 'mobilenet-v2-main/run.json'], 2, /Name another file/],
    [['mobilenet-v2-main', '--out', 'study'], 1, /study cannot be written: it is a folder/],
  ];
  for (const [args, code, says] of cases) {
    const ended = await runTrace(['pack', ...args], { cwd });
    expect(ended.code, ended.stderr).toBe(code);
    expect(ended.stderr).toMatch(says);
    expect(ended.stderr).not.toMatch(/\n {4}at /);
  }
});

test('Ctrl-C leaves no half of a file', async () => {
  const bundle = await unpackRecorded('tiny-operators-webgpu');
  const cwd = dirname(bundle);
  let isStopped = false;
  const { code, stderr } = await runTrace(['pack', 'tiny-operators-webgpu', '--redact'], {
    cwd,
    onStderr: (all, child) => {
      // A second one would end the process at once.
      if (!isStopped && all.includes('Packing')) isStopped = child.kill('SIGINT');
    },
  });
  expect(code, stderr).toBe(130);
  expect(await readdir(cwd)).toEqual(['tiny-operators-webgpu']);
});
