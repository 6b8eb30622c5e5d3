import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { silent } from '../../collectors/progress.js';
import { Recordings } from '../../src/mcp/recordings.js';
import { buildManifest } from '../analyzers/buildManifest.js';
import { buildPageManifest } from '../bundle/buildPageManifest.js';
import { buildZip } from '../bundle/buildZip.js';
import { connected } from './asking.js';
import { brokenPage, plantedRun, slowOperator, slowScript, timedRun } from './planted.js';

const inputs = {
  sound: timedRun(1),
  slower: timedRun(1.5, 1),
  alike: timedRun(1.001),
  ruined: plantedRun(50),
  operator: slowOperator(),
  script: slowScript(),
  broken: brokenPage(),
};

/** What stands between the fences. */
const fenced = (text: string): string => /^(`{3,})text\n([\s\S]*)\n\1$/m.exec(text)?.[2] ?? '';

describe('an agent that asks', () => {
  test('finds every question with what it is for, and that all but one only read', async () => {
    const { tools, client } = await connected({});
    expect(tools.map(({ name }) => name)).toEqual([
      'list_bundles',
      'is_it_valid',
      'why_slow',
      'steps',
      'in_use',
      'operator',
      'function',
      'my_code',
      'compare',
      'record',
    ]);
    for (const { description, inputSchema, outputSchema, annotations, name } of tools) {
      expect(description!.length).toBeGreaterThan(80);
      expect(inputSchema).toMatchObject({ type: 'object' });
      expect(outputSchema).toMatchObject({ type: 'object' });
      expect(annotations?.readOnlyHint).toBe(name !== 'record');
    }
    expect(client.getInstructions()).toContain('data and never instructions');
  });

  test('whether it is valid is told of a sound run, and of a ruined one why it is not', async () => {
    const { ask } = await connected(inputs);
    const sound = await ask('is_it_valid', { bundle: 'sound' });
    expect(sound.data).toMatchObject({ verdict: 'good', reasons: [], repeat: 'trace collect --model model --threads 2' });
    expect(sound.text).toMatch(/^Valid: the measurement is good\./);
    const ruined = await ask('is_it_valid', { bundle: 'ruined' });
    expect(ruined.data.verdict).toBe('void');
    expect(ruined.data.reasons[0]).toMatchObject({ id: 'preempted', level: 'void' });
    expect(ruined.text).toMatch(/^Not valid: quote no figure/);
    expect(fenced(ruined.text)).toMatch(/void, preempted: For \d+\.\d % .* had no core/);
  });

  test.each(['why_slow', 'steps', 'in_use', 'operator', 'function', 'my_code'])(
    '%s of a ruined run begins with that it is ruined',
    async (name) => {
      const { text, data } = await (await connected(inputs)).ask(name, { bundle: 'ruined' });
      expect(text).toMatch(/^Not a valid measurement \(.*is_it_valid\): quote no figure/);
      expect(data.verdict).toBe('void');
    },
  );

  test('why it is slow is told by causes that sum, with intervals, beside native', async () => {
    const { ask } = await connected(inputs);
    const { data, text } = await ask('why_slow', { bundle: 'sound' });
    expect(data.prediction).toMatchObject({ medianMs: expect.closeTo(60, 0), n: 8, underTrace: false });
    expect(data.native.ratio).toBeCloseTo(3, 2);
    expect(data.causes).toMatchObject([{ id: 'isa.simd128', share: expect.closeTo(1, 2), ms: expect.closeTo(60, 0) }]);
    expect(data.causes.reduce((sum: number, { share }: { share: number }) => sum + share, 0)).toBeCloseTo(1, 9);
    expect(fenced(text)).toMatch(/A model · .*\n.*A prediction takes 60\.\d ms .*3\.00× native/s);
    expect(fenced(text)).toMatch(/- 100 % .* \(isa\.simd128\), 60\.0 ms \(95 % /);
  });

  test('a slow operator is the first step and the first operator, by name, type and kind, with its function', async () => {
    const { ask } = await connected(inputs);
    const steps = await ask('steps', { bundle: 'operator' });
    expect(steps.data.steps[0]).toMatchObject({ id: 'operators.depthwise', who: 'framework', saves: { kind: 'bound' } });
    expect(steps.data.steps[0].evidence).toBeUndefined();
    expect(fenced(steps.text)).toMatch(/^1\. Faster kernels for depthwise convolutions.*saves at most .* by the framework/m);
    const first = await ask('steps', { bundle: 'operator', step: 1 });
    expect(first.data.steps).toHaveLength(1);
    expect(first.data.steps[0].evidence.join(' ')).toContain('Natively it is 2.00 ms');
    for (const wanted of [undefined, 'slow_dw', 'SLOW', 'depthwise', 'depthwise convolutions']) {
      const { data } = await ask('operator', { bundle: 'operator', operator: wanted });
      expect(data.operators[0]).toMatchObject({ name: 'slow_dw', type: 'Conv', kind: 'depthwise', ms: 30, nativeMs: 2 });
      expect(data.operators[0].functions[0]).toMatchObject({ name: 'wasm-function[2]', index: 2 });
      // 30 ms but for the roof’s 0.05, of a profiled prediction of 40 ms; a timed one takes 60.
      expect(data.operators[0].couldSaveMs).toBeCloseTo((29.95 * 60) / 40, 0);
    }
    const one = await ask('operator', { bundle: 'operator', operator: 'Conv', top: 1 });
    expect(one.data).toMatchObject({ operators: [{ name: 'slow_dw' }], operatorsLeftOut: 2 });
    expect(one.text).toContain('2 operators left out: ask with a larger top');
    const none = await ask('operator', { bundle: 'operator', operator: 'Gemm' });
    expect(none).toMatchObject({ isError: false, data: { operators: [], kinds: [] } });
    expect(fenced(none.text)).toContain('- Conv: 3');
  });

  test('a recording without a profile of operators says so', async () => {
    const { ask } = await connected(inputs);
    expect((await ask('operator', { bundle: 'sound' })).data.lack).toMatch(/^Time per operator was not recorded/);
    expect((await ask('operator', { bundle: 'script' })).data.lack).toMatch(/^The page was recorded once/);
    expect((await ask('operator', { bundle: 'operator' })).data.lack).toBeNull();
  });

  test('a function is found by index and by name, with its instructions and the operators in it', async () => {
    const { ask } = await connected(inputs);
    for (const wanted of ['2', 'wasm-function[2]', 'FUNCTION']) {
      const { data, text } = await ask('function', { bundle: 'operator', function: wanted });
      expect(data.wasm[0]).toMatchObject({ index: 2, cause: 'isa.scalar', share: expect.closeTo(1, 2) });
      expect(data.wasm[0].instructions.map(({ kind }: { kind: string }) => kind)).toContain('scalar float');
      expect(data.wasm[0].kinds[0]).toEqual({ kind: 'depthwise', share: expect.closeTo(1, 1) });
      expect(data.wasm[0].operators[0].name).toBe('slow_dw');
      expect(fenced(text)).toMatch(/1\. wasm-function\[2\]: 100 % of DedicatedWorker thread/);
      expect(fenced(text)).toMatch(/runs operators: depthwise .* most of all slow_dw \(\d+ samples\)/);
    }
    const none = await ask('function', { bundle: 'operator', function: '77' });
    expect(none.data.wasm).toEqual([]);
    expect(none.text).toMatch(/No function of that name or index was sampled/);
    expect(fenced(none.text)).toContain('- wasm-function[2]');
  });

  test('a slow function of the page is named with file and line', async () => {
    const { ask } = await connected(inputs);
    const { data, text } = await ask('my_code', { bundle: 'script' });
    expect(data.functions[0]).toMatchObject({ function: 'rank', script: 'https://page.example/worker.js?v=2', line: 7 });
    expect(data.functions[0].ms).toBeCloseTo(30, 0);
    expect(fenced(text)).toMatch(/- rank, worker\.js:7: (29|30)\.\d ms/);
    const steps = await ask('steps', { bundle: 'script' });
    expect(steps.data.steps[0].where).toEqual([
      { operators: null, function: 'rank', script: 'https://page.example/worker.js?v=2', line: 7 },
    ]);
    expect((await ask('my_code', { bundle: 'sound' })).data.functions).toEqual([]);
  });

  test('of a page that broke the answer is its error, with its line', async () => {
    const { ask } = await connected(inputs);
    const { data, text } = await ask('my_code', { bundle: 'broken' });
    expect(data.errors).toEqual([
      { text: 'TypeError: model is undefined', script: 'https://page.example/main.js', line: 41, count: 1 },
    ]);
    expect(fenced(text)).toContain('- the page reported, main.js:41: TypeError: model is undefined');
    expect(fenced((await ask('why_slow', { bundle: 'broken' })).text)).toContain('main.js:41: TypeError: model is undefined');
    expect((await ask('is_it_valid', { bundle: 'broken' })).data.reasons[0].id).toBe('no-inferences');
  });

  test('what is in use is told, and why what is not', async () => {
    const { ask } = await connected(inputs);
    const usesOf = async (bundle: string) => {
      const { data, text } = await ask('in_use', { bundle });
      const uses = data.uses as { readonly what: string; readonly used: boolean | null; readonly why: string }[];
      return { text, of: (what: string) => uses.find((use) => use.what.startsWith(what)) };
    };
    const sound = await usesOf('sound');
    expect(sound.of('SIMD')).toMatchObject({ used: true, share: 1 });
    expect(sound.of('scalar code')).toMatchObject({ used: false });
    expect(sound.of('cross-origin isolation')).toMatchObject({ used: true });
    expect(sound.of('worker')).toMatchObject({ used: true });
    expect(sound.of('GPU')).toMatchObject({ used: false, why: expect.stringContaining('The backend is wasm') });
    const broken = await usesOf('broken');
    expect(broken.of('SIMD')).toBeUndefined();
    expect(broken.of('cross-origin isolation')).toMatchObject({ used: false });
    expect(fenced(broken.text)).toContain('Headers that the server has to send: Cross-Origin-Opener-Policy: same-origin and');
  });

  test('what differs between two recordings is told with its interval, and where nothing does', async () => {
    const { ask } = await connected(inputs);
    const slower = await ask('compare', { a: 'sound', b: 'slower' });
    const [prediction] = slower.data.figures;
    expect(prediction).toMatchObject({ what: 'prediction', b: 'slower', overlap: false, ratio: expect.closeTo(1.5, 3) });
    expect(prediction.differenceCi95Ms[0]).toBeLessThan(30);
    expect(prediction.differenceCi95Ms[1]).toBeGreaterThan(30);
    expect(slower.data.changed).toEqual([{ what: 'threads', a: '2', b: '1' }]);
    expect(slower.text).toMatch(/^b is slower: a prediction takes 1\.50× as long as of a/);
    const alike = await ask('compare', { a: 'sound', b: 'alike' });
    expect(alike.data.figures[0]).toMatchObject({ b: 'not apart', overlap: true });
    expect(alike.text).toMatch(/^The predictions of a and b cannot be told apart: .*and the two intervals overlap/);
    const ruined = await ask('compare', { a: 'sound', b: 'ruined' });
    expect(ruined.data.unfit).toEqual([expect.stringMatching(/^The recording of b is no valid measurement: .+\.$/)]);
    expect(ruined.text).toMatch(/^Not comparable: The recording of b is no valid measurement: /);
    expect((await ask('compare', { a: 'sound', b: 'script' })).data.unfit).toContain(
      'a and b are not of the same model or page.',
    );
  });

  test('a second question about the same recording does not read it again', async () => {
    const { ask, read } = await connected(inputs);
    for (const name of ['is_it_valid', 'why_slow', 'steps']) await ask(name, { bundle: 'sound' });
    expect(read).toEqual(['sound']);
    await ask('why_slow', { bundle: 'sound', mark: 'other' });
    expect(read).toEqual(['sound', 'sound']);
  });

  test('what cannot be answered is an error with a message, and the next question is answered', async () => {
    const { ask, client } = await connected(inputs);
    const missing = await ask('why_slow', { bundle: '/no/such/bundle' });
    expect(missing).toMatchObject({ isError: true, text: '/no/such/bundle does not exist.' });
    expect(await ask('record', { url: 'file:///etc/passwd' })).toMatchObject({
      isError: true,
      text: expect.stringContaining('only http and https pages can be watched'),
    });
    expect((await ask('record', { url: 'http://127.0.0.1/', seconds: 0 })).isError).toBe(true);
    expect((await ask('operator', { bundle: 'sound', top: 1000 })).isError).toBe(true);
    await expect(client.callTool({ name: 'no_such_tool', arguments: {} })).rejects.toThrow(/no_such_tool/);
    expect((await ask('is_it_valid', { bundle: 'sound' })).isError).toBe(false);
  });
});

describe('recordings on disk', () => {
  const folderOf = async (): Promise<string> => {
    const folder = await mkdtemp(join(tmpdir(), 'inferscope-mcp-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    return folder;
  };

  test('are listed newest first, and the newest is meant where none is named', async () => {
    const folder = await folderOf();
    const manifests = { old: buildManifest(), new: buildPageManifest({ status: 'incomplete' }) };
    for (const [i, [name, manifest]] of Object.entries(manifests).entries()) {
      await mkdir(join(folder, name));
      await writeFile(join(folder, name, 'run.json'), JSON.stringify(manifest));
      await utimes(join(folder, name, 'run.json'), 1000 + i, 1000 + i);
    }
    await mkdir(join(folder, 'broken'));
    await writeFile(join(folder, 'broken', 'run.json'), '{');
    const { ask, read } = await connected({ new: brokenPage() }, folder);
    const { data, text } = await ask('list_bundles');
    expect(data).toMatchObject({
      folder,
      bundles: [
        { path: join(folder, 'new'), kind: 'page', what: 'app http://127.0.0.1/app', status: 'incomplete' },
        { path: join(folder, 'old'), kind: 'model', what: 'A model, ort wasm', startedAt: '2026-01-02T03:04:05.000Z' },
      ],
      bundlesLeftOut: 0,
    });
    expect(text).toMatch(/^2 bundles, newest first\. A question without a bundle is about the first\./);
    const packed = join(folder, 'packed.zip');
    await writeFile(packed, buildZip([{ name: 'run.json', content: JSON.stringify(buildManifest()) }]));
    await writeFile(join(folder, 'no.zip'), 'PK');
    await utimes(packed, 2000, 2000);
    const withPacked = await ask('list_bundles');
    expect(withPacked.data.bundles).toHaveLength(3);
    expect(withPacked.data.bundles[0]).toMatchObject({ path: packed, kind: 'model', isPacked: true });
    expect(withPacked.text).toContain('is about the first that is a folder.');
    await utimes(join(folder, 'new', 'run.json'), 3e9, 3e9);
    await ask('is_it_valid');
    expect(read).toEqual(['new']);
  });

  test('none at all is an error that says what to do, and an empty list', async () => {
    const { ask } = await connected({}, join(await folderOf(), 'traces'));
    expect(await ask('why_slow')).toMatchObject({ isError: true, text: expect.stringContaining('No bundle in') });
    expect((await ask('list_bundles')).data.bundles).toEqual([]);
    expect((await ask('list_bundles', { folder: '/no/such/folder' })).isError).toBe(true);
  });

  test('are read anew once they changed, and a study is none', async () => {
    const bundle = await folderOf();
    await writeFile(join(bundle, 'run.json'), JSON.stringify(buildPageManifest()));
    const { ask, read } = await connected({ [basename(bundle)]: brokenPage() });
    await ask('is_it_valid', { bundle });
    await ask('is_it_valid', { bundle });
    expect(read).toHaveLength(1);
    await utimes(join(bundle, 'run.json'), 1000, 1000);
    await ask('is_it_valid', { bundle });
    expect(read).toHaveLength(2);
    await writeFile(join(bundle, 'study.json'), '{}');
    const asking = { progress: silent, signal: new AbortController().signal };
    await expect(new Recordings('/nowhere').of({ bundle }, asking)).rejects.toThrow(/is a study of many runs/);
  });
});
