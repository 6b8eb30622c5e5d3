import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { random } from '../../src/stats/random.js';
import { buildManifest } from '../bundle/buildManifest.js';
import { type Ended, runTrace } from './runTrace.js';

const fixtures = fileURLToPath(new URL('../../../shared/fixtures/traces', import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inferscope-bad-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Bytes without a pattern, the same every time. */
function noise(length: number): Uint8Array {
  const next = random(7);
  return Uint8Array.from({ length }, () => next() * 256);
}

/** What no input may bring forth. */
function expectNoFault({ code, signal, stderr }: Ended): void {
  expect(stderr).not.toMatch(/^ {4}at /m);
  expect(stderr).not.toContain('fault of Inferscope');
  expect(signal).toBeNull();
  expect([0, 1]).toContain(code);
}

/** Analyzes all of them in one process: each is either in the JSON or named in a complaint. */
async function expectEachAnsweredFor(paths: readonly string[]): Promise<{ refused: readonly string[] }> {
  const ended = await runTrace(['analyze', '--json', ...paths], { limitMs: 60_000 });
  expectNoFault(ended);
  const analyzed: { source: { name: string } }[] = JSON.parse(ended.stdout || '[]');
  const names = new Set(analyzed.map(({ source }) => source.name));
  const refused = paths.filter((path) => ended.stderr.includes(`\ntrace: ${path}: `));
  for (const path of paths) expect([path, names.has(path) !== refused.includes(path)]).toEqual([path, true]);
  expect(ended.code).toBe(refused.length > 0 ? 1 : 0);
  return { refused };
}

describe.skipIf(!existsSync(fixtures))(
  'recorded traces of others (in ../shared/fixtures/traces; skipped if that is missing)',
  () => {
    test('each is analyzed', async () => {
      const names = (await readdir(fixtures)).filter((name) => name.endsWith('.gz'));
      const { refused } = await expectEachAnsweredFor(names.map((name) => join(fixtures, name)));
      expect(refused).toEqual([]);
    });

    test('each malformed one is analyzed, or refused by name', async () => {
      const malformed = join(fixtures, 'malformed');
      await expectEachAnsweredFor((await readdir(malformed)).map((name) => join(malformed, name)));
    });
  },
);

describe('files that are no traces', () => {
  const made: Readonly<Record<string, () => Uint8Array | string>> = {
    empty: () => '',
    brackets: () => '['.repeat(1000),
    braces: () => '{"a":'.repeat(1000),
    text: () => 'It was a dark and stormy night.\n',
    'number.json': () => '42',
    'null.json': () => 'null',
    'object.json': () => '{"traceEvents": 7}',
    'events.json': () => '{"traceEvents": [null, 1, "a", [], {"ph": 5, "ts": "x", "pid": {}}, {}]}',
    'picture.png': () => Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010806000000', 'hex'),
    noise: () => noise(4096),
    'zeros.json': () => new Uint8Array(4096),
    'utf16.json': () => Buffer.from('{"traceEvents":[]}', 'utf16le'),
    'noise.json.gz': () => Buffer.concat([Buffer.from([0x1f, 0x8b]), noise(100)]),
    'head.json.gz': () => Buffer.from([0x1f, 0x8b]),
  };

  test('are refused by name, or analyzed as what little they hold', async () => {
    for (const [name, content] of Object.entries(made)) await writeFile(join(folder, name), content());
    const { refused } = await expectEachAnsweredFor(Object.keys(made).map((name) => join(folder, name)));
    const names = refused.map((path) => path.slice(folder.length + 1));
    expect(names).toEqual(expect.arrayContaining(['empty', 'text', 'picture.png', 'noise', 'zeros.json', 'noise.json.gz']));
  });

  test('a trace whose gzip is cut in the middle is analyzed as far as it goes, and called incomplete', async () => {
    const events = Array.from({ length: 5000 }, (_, i) => ({ name: `task ${i}`, ph: 'X', ts: 1000 + i, dur: 1, pid: 1, tid: 1 }));
    const whole = gzipSync(JSON.stringify({ traceEvents: events }));
    const path = join(folder, 'cut.json.gz');
    await writeFile(path, whole.subarray(0, whole.length / 2));
    const ended = await runTrace(['analyze', '--json', path]);
    expectNoFault(ended);
    const analysis = JSON.parse(ended.stdout);
    expect(analysis.source.complete).toBe(false);
    expect(analysis.trace.events).toBeGreaterThan(1000);
    expect(analysis.notes[0].id).toBe('trace-cut');
  });

  test('a folder without a manifest, and a path that leads nowhere, are refused with what to give instead', async () => {
    await mkdir(join(folder, 'plain'));
    const { stderr, stdout, code } = await runTrace(['analyze', join(folder, 'plain'), join(folder, 'nowhere')]);
    // Of the first that could not be analyzed.
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain(`trace: ${join(folder, 'plain')} is a folder without run.json`);
    expect(stderr).toContain(`trace: ${join(folder, 'nowhere')} does not exist.`);
  });

  test('one that cannot be read does not hide the one that can', async () => {
    const good = join(folder, 'good.json');
    await writeFile(good, JSON.stringify([{ name: 'a', ph: 'X', ts: 1, dur: 2, pid: 1, tid: 1 }]));
    const { stdout, stderr, code } = await runTrace(['analyze', '--json', join(folder, 'nowhere'), good]);
    expect(code).toBe(2);
    expect(JSON.parse(stdout).map(({ source }: { source: { name: string } }) => source.name)).toEqual([good]);
    expect(stderr).toContain('nowhere does not exist.');
  });
});

describe('broken bundles', () => {
  const sha256 = 'a'.repeat(64);
  const hostile = '<script>alert(1)</script>\u001b]0;title\u0007\u202e../../etc/passwd';
  const made: Readonly<Record<string, { readonly manifest: string; readonly refusal: RegExp | null }>> = {
    'cut-manifest': { manifest: JSON.stringify(buildManifest()).slice(0, 300), refusal: /run\.json is not valid JSON/ },
    'empty-manifest': { manifest: '', refusal: /run\.json is not valid JSON/ },
    'array-manifest': { manifest: '[]', refusal: /run\.json is not what this version of Inferscope writes/ },
    'other-schema': {
      manifest: JSON.stringify({ ...buildManifest(), schema: 'inferscope.run/99' }),
      refusal: /run\.json is not what this version of Inferscope writes[\s\S]*inferscope\.run\/1/,
    },
    'missing-module': {
      manifest: JSON.stringify(buildManifest({ modules: [{ sha256, url: 'a.wasm', bytes: 1 }] })),
      refusal: null,
    },
    'escaping-module': {
      manifest: JSON.stringify(buildManifest({ modules: [{ sha256: '../../../../etc/passwd', url: 'a.wasm', bytes: 1 }] })),
      refusal: /not what this version of Inferscope writes[\s\S]*modules\[0\]\.sha256/,
    },
    'hostile-text': {
      manifest: JSON.stringify(
        buildManifest({
          reason: hostile,
          status: 'incomplete',
          machine: { ...buildManifest().machine, os: hostile, cpu: hostile },
          workload: {
            ...buildManifest().workload,
            framework: hostile,
            backend: hostile,
            model: { name: hostile, title: hostile, bytes: 1, sha256, argument: hostile },
          },
          collectors: { [hostile]: { outcome: 'failed', detail: hostile } },
        }),
      ),
      refusal: null,
    },
    recording: { manifest: JSON.stringify(buildManifest({ status: 'recording' })), refusal: null },
  };

  test('each is refused by name with the reason, or analyzed', async () => {
    for (const [name, { manifest }] of Object.entries(made)) {
      await mkdir(join(folder, name));
      await writeFile(join(folder, name, 'run.json'), manifest);
    }
    const ended = await runTrace(['analyze', ...Object.keys(made).map((name) => join(folder, name))], { cwd: folder });
    expectNoFault(ended);
    expect(ended.code).toBe(1);
    for (const { refusal } of Object.values(made)) if (refusal) expect(ended.stderr).toMatch(refusal);
    expect(ended.stdout + ended.stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    const comparison = (await readdir(join(folder, 'traces'))).find((name) => name.startsWith('comparison-'));
    const report = await readFile(join(folder, 'traces', comparison!), 'utf8');
    expect(report).not.toContain('<script>alert(1)');
  });

  test('one whose trace is none is refused by the name of the file that is to blame', async () => {
    const path = join(folder, 'bad-trace');
    await cp(join(folder, 'recording'), path, { recursive: true });
    await writeFile(join(path, 'trace.json.gz'), 'no trace');
    const ended = await runTrace(['analyze', path]);
    expectNoFault(ended);
    expect(ended.stderr).toContain(join(path, 'trace.json.gz'));
  });
});

describe('places that cannot be written', () => {
  test('a report that cannot be written is said so, after the summary', async () => {
    const trace = join(folder, 'tiny.json');
    await writeFile(trace, '[{"name":"a","ph":"X","ts":1,"dur":2,"pid":1,"tid":1}]');
    const ended = await runTrace(['analyze', trace, '--out', join(trace, 'report.html')]);
    expectNoFault(ended);
    expect(ended.code).toBe(1);
    expect(ended.stdout).not.toBe('');
    expect(ended.stderr).toMatch(/report cannot be written: .*--out/);
  });

  test('a report does not replace its input, by whatever path that is named', async () => {
    const trace = join(folder, 'input.json');
    const text = '[{"name":"a","ph":"X","ts":1,"dur":2,"pid":1,"tid":1}]';
    await writeFile(trace, text);
    for (const out of [trace, `${trace}/`, join(folder, '.', 'input.json')]) {
      const ended = await runTrace(['analyze', trace, '--out', out]);
      expectNoFault({ ...ended, code: 1 });
      expect(ended.code).toBe(2);
      expect(ended.stderr).toMatch(/^trace: --out .* which is read for the report\. Name another file\.\n$/);
    }
    expect(await readFile(trace, 'utf8')).toBe(text);
  });

  test('a bundle cannot lie below a file', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    const ended = await runTrace(['collect', '--out', join(file, 'bundle')]);
    expectNoFault(ended);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/file\/bundle cannot be written: ENOTDIR.*--out/);
  });

  test('a folder with other files in it is left alone', async () => {
    const full = join(folder, 'full');
    await mkdir(full);
    await writeFile(join(full, 'thesis.txt'), 'five years');
    const ended = await runTrace(['collect', '--out', full]);
    expectNoFault(ended);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/full is not empty/);
    expect(await readdir(full)).toEqual(['thesis.txt']);
  });
});

describe('wrong usage ends with 2 and one line that says what to do', () => {
  test.each<[string, RegExp]>([
    ['', /Name a command\. See "trace --help"/],
    ['frobnicate', /Unknown command: frobnicate\. See "trace --help"/],
    ['analize', /Did you mean analyze\?/],
    ['analyze --frobnicate', /Unknown option --frobnicate\. See "trace analyze --help"/],
    ['analyze --jsn', /Unknown option --jsn\. Did you mean --json\? See "trace analyze --help"/],
    ['collect --modle x', /Did you mean --model\?/],
    ['study quick --retryFailed', /Unknown option --retryFailed\. Did you mean --retry-failed\?/],
    ['analyze --maxSize 1GB x', /Did you mean --max-size\?/],
    ['collect --model nosuch.onnx', /there is no such file/],
    ['analyze --verbose --quiet x', /--verbose or --quiet, not both/],
    ['analyze --json --open x', /--open opens the report, which is not written with --json/],
    ['schema nosuch', /Choices: "analysis", "run", "page", "study"/],
    ['collect --model mobilenet', /no model of that name\. Did you mean mobilenet-v2\?/],
    ['collect --model', /Not enough arguments following: model\. See "trace --help"/],
    ['collect --framework torch', /framework.*torch.*Choices: "ort"/],
    ['collect --backend quantum', /no backend "quantum"; it has wasm/],
    ['collect --input 1x3', /--input/],
    ['collect --input y=1x2', /there is no input "y"/],
    ['collect --input x=1x3x320x320 --input x=1x3x64x64', /input "x" has two shapes/],
    ['collect --iterations 0', /--iterations is a whole number from 1 on/],
    ['collect --processes 0', /--processes is a whole number from 1 on/],
    ['collect --passes trace,colour', /--passes has no pass "colour"; there are timing, trace, placement/],
    ['collect --duty 0.5', /--duty says how often the page infers that --qoe uses\. Add --qoe/],
    ['collect --qoe --duty 1.5', /--duty is a number above 0 and at most 1/],
    ['collect --qoe --duty 0.5 --rate 3', /--duty and --rate say the same thing/],
    ['collect --qoe-backend webgl', /--qoe-backend says on what else the page infers that --qoe uses\. Add --qoe/],
    ['collect --qoe --qoe-backend wasm', /--qoe-backend is webgl or webgpu with --framework ort, not "wasm"/],
    ['collect --qoe --qoe-backend webgl,webnn', /--qoe-backend is webgl or webgpu .*not "webnn"/],
    ['collect --qoe --backend webgpu --qoe-backend webgl --qoe-backend webgpu', /--qoe-backend webgpu is the backend of the run/],
    ['collect --processes 2 --passes trace', /--processes is for the timing pass, which --passes leaves out/],
    ['collect --ladder --passes trace', /--ladder takes the native run from the timing pass/],
    ['collect --seed x', /--seed is a whole number/],
    ['collect --ladder --budget soon', /--budget is a duration like 90s, 5m or 1h, not "soon"/],
    ['collect --budget 0s', /--budget is a duration/],
    ['collect --out a --out b', /--out was given more than once/],
  ])('trace %s', async (line, said) => {
    const ended = await runTrace(
      line.split(' ').filter((word) => word !== ''),
      { cwd: folder },
    );
    expect(ended.stderr).toMatch(said);
    expect(ended.stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(ended.stdout).toBe('');
    expect(ended.code).toBe(2);
  });
});
