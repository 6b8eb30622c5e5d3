import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageRoot } from '../src/packageRoot.js';

const root = packageRoot();

const require = createRequire(import.meta.url);
const binOf = (name: string, path: string): string => join(dirname(require.resolve(`${name}/package.json`)), path);

/** A copy of the code with the examples of CONTRIBUTING.md in it. */
let copy: string;
/** The files of the copy that the examples made or changed. */
const files = new Set<string>();

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'inferscope-contributing-'));
  for (const part of [
    'src',
    'analyzers',
    'collectors',
    'models',
    'test',
    'bench',
    'tsconfig.json',
    'package.json',
    'biome.json',
  ]) {
    const isSource = (path: string): boolean => !/\.(json|html|wasm|gz|onnx)$/.test(path) || !path.includes('/test/');
    await cp(join(root, part), join(copy, part), { recursive: true, filter: isSource });
  }
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
  const page = await readFile(join(root, 'CONTRIBUTING.md'), 'utf8');
  for (const [, kind, path, body] of page.matchAll(/^```(ts|diff) (\S+)\n([\s\S]*?)^```$/gm)) {
    const file = join(copy, path!);
    files.add(file);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, kind === 'ts' ? body! : changed(await readFile(file, 'utf8'), body!, path!));
  }
});

afterAll(() => rm(copy, { recursive: true, force: true }));

/** Applies a diff without line numbers: what stays and what goes must be in the text, in its order. */
function changed(text: string, diff: string, path: string): string {
  let done = '';
  let rest = text;
  for (const line of diff.trimEnd().split('\n')) {
    const [sign, content] = [line[0], `${line.slice(1)}\n`];
    if (sign === '+') {
      done += content;
      continue;
    }
    const at = rest.startsWith(content) ? 0 : rest.indexOf(`\n${content}`) + 1;
    if (at === 0 && !rest.startsWith(content)) throw new Error(`CONTRIBUTING.md: ${path} has no line "${line.slice(1)}"`);
    done += rest.slice(0, at) + (sign === '-' ? '' : content);
    rest = rest.slice(at + content.length);
  }
  return done + rest;
}

function compile(): string[] {
  const { stdout } = spawnSync(process.execPath, [binOf('typescript', 'bin/tsc'), '-p', copy, '--noEmit', '--pretty', 'false'], {
    encoding: 'utf8',
  });
  return stdout.split('\n').filter((line) => line.includes('error TS'));
}

describe('the worked examples of CONTRIBUTING.md', () => {
  test('compile, all of them together', () => {
    expect(compile()).toEqual([]);
  });

  test('are written as the linter wants them', () => {
    const biome = binOf('@biomejs/biome', 'bin/biome');
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [biome, 'check', '--error-on-warnings', '--vcs-enabled=false', '--colors=off', ...files],
      { cwd: copy, encoding: 'utf8' },
    );
    expect(status, stdout + stderr).toBe(0);
    expect(stdout).toContain(`Checked ${files.size} files`);
  });

  test('do what they say: their own tests pass, and those that list all notes and all causes', () => {
    const tests = [
      'test/analyzers/smoothness',
      'test/analyzers/notes.test.ts',
      'test/analyzers/partition/layout.test.ts',
      'test/analyzers/partition/causes',
      'test/models/tinyChain.test.ts',
    ];
    const run = spawnSync(process.execPath, [binOf('vitest', 'vitest.mjs'), 'run', '--root', copy, ...tests], {
      encoding: 'utf8',
    });
    const told = stripVTControlCharacters(run.stdout);
    expect(run.status, told).toBe(0);
    expect(told).toMatch(/Test Files\s+6 passed/);
  });

  test('need each of their parts: without one the compiler complains', async () => {
    const whole = await readFile(join(copy, 'analyzers/smoothness/index.ts'), 'utf8');
    const parts = {
      facts: /^ {2}facts: .*\n/m,
      notes: /^ {2}notes: [\s\S]*?^ {2}\},\n/m,
      view: /^ {2}view,\n/m,
      words: /^ {2}words: .*\n/m,
      blocks: /^ {2}blocks: [\s\S]*?^ {6}: \[\],\n/m,
      brief: /^ {2}brief: .*\n/m,
    };
    for (const [part, pattern] of Object.entries(parts)) {
      expect(whole).toMatch(pattern);
      await writeFile(join(copy, `analyzers/smoothness/without-${part}.ts`), whole.replace(pattern, ''));
    }
    const registry = join(copy, 'analyzers/index.ts');
    await writeFile(registry, (await readFile(registry, 'utf8')).replace('\n  smoothness,\n', '\n'));
    const cause = join(copy, 'analyzers/partition/causes/page.ts');
    await writeFile(cause, (await readFile(cause, 'utf8')).replace("    fill: '#e8919c',\n", ''));
    const page = join(copy, 'collectors/harness/page/frameworks/index.ts');
    await writeFile(page, (await readFile(page, 'utf8')).replace('{ echo, ort, tfjs, litert }', '{ ort, tfjs, litert }'));

    const complaints = compile();
    for (const part of Object.keys(parts)) {
      const file = `analyzers/smoothness/without-${part}.ts`;
      expect(
        complaints.filter((line) => line.includes(file) && line.includes(`Property '${part}' is missing`)),
        file,
      ).not.toEqual([]);
    }
    for (const file of [
      'analyzers/index.ts',
      'test/analyzers/smoothness/smoothness.test.ts',
      'causes/page.ts',
      'frameworks/index.ts',
    ])
      expect(
        complaints.filter((line) => line.includes(file)),
        file,
      ).not.toEqual([]);
  });

  test('an analyzer is at most three files and two lines', async () => {
    const page = await readFile(join(root, 'CONTRIBUTING.md'), 'utf8');
    const section = page.slice(page.indexOf('## An analyzer'), page.indexOf('## A cause'));
    expect([...section.matchAll(/^```ts \S+$/gm)]).toHaveLength(3);
    const lines = [...section.matchAll(/^```diff \S+\n([\s\S]*?)^```$/gm)].flatMap(([, body]) => body!.split('\n'));
    expect(lines.filter((line) => line.startsWith('+') || line.startsWith('-'))).toHaveLength(2);
  });
});
