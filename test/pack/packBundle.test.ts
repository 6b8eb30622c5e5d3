import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { ZodType } from 'zod';
import { analyze } from '../../analyzers/index.js';
import { accuracyLogSchema } from '../../src/bundle/accuracyLog.js';
import { bundleFiles } from '../../src/bundle/bundleFiles.js';
import { diskFolder } from '../../src/bundle/disk.js';
import { gpuLogSchema } from '../../src/bundle/gpuLog.js';
import { heapLogSchema } from '../../src/bundle/heapLog.js';
import { baselineSchema, manifestSchema } from '../../src/bundle/manifest.js';
import { memoryLogSchema } from '../../src/bundle/memoryLog.js';
import { operatorLogSchema } from '../../src/bundle/operatorLog.js';
import { pageManifestSchema } from '../../src/bundle/pageManifest.js';
import { qoeLogSchema } from '../../src/bundle/qoeLog.js';
import { schedulingSchema } from '../../src/bundle/scheduling.js';
import { videoLogSchema } from '../../src/bundle/videoLog.js';
import { wasmLogSchema } from '../../src/bundle/wasmLog.js';
import { loadInput } from '../../src/loadInput.js';
import { packBundle } from '../../src/pack/packBundle.js';
import { log as qoeLog } from '../analyzers/qoe/buildRounds.js';
import { recordedNames, unpackRecorded } from '../bundle/unpackRecorded.js';
import { bundleDocuments } from '../properties/bundleDocuments.js';
import { writeBundle } from '../properties/bundles.js';
import { inScratchFolder } from '../properties/scratchFolder.js';
import { apartFromNames } from './apartFromNames.js';
import { unzipped } from './unzipped.js';

const schemas: Readonly<Record<string, ZodType>> = {
  [bundleFiles.baseline]: baselineSchema,
  [bundleFiles.memory]: memoryLogSchema,
  [bundleFiles.accuracy]: accuracyLogSchema,
  [bundleFiles.video]: videoLogSchema,
  [bundleFiles.kernels]: operatorLogSchema,
  [bundleFiles.gpu]: gpuLogSchema,
  [bundleFiles.scheduling]: schedulingSchema,
  [bundleFiles.wasm]: wasmLogSchema,
  [bundleFiles.heaps]: heapLogSchema,
  [bundleFiles.qoeLog]: qoeLogSchema,
};

/** What the documents of other tests lack. */
const more = (): Readonly<Record<string, unknown>> => ({
  [bundleFiles.heaps]: {
    schema: 'inferscope.heaps/1',
    realms: [
      {
        kind: 'page',
        url: 'https://page.example/',
        readings: { atUs: [1, 2], usedBytes: [3, 4], arrayBufferBytes: [5, 6] },
        heldBytes: 7,
      },
    ],
  },
  [bundleFiles.qoeLog]: {
    ...qoeLog,
    rounds: [
      {
        round: 0,
        condition: 'main',
        seconds: 1,
        inferencesMs: [60],
        operations: ['add'],
        scriptedMs: [1],
        animationFrames: 3,
        video: null,
      },
    ],
  },
});

/** What describes the machine, and what other files of the bundle are found by. */
const LEFT = new Set(
  'os cpu node vectorFeatures product gpu driver vendor architecture description runtime source gpuCompositing renderer startedAt id mark url sha256 flag values'.split(
    ' ',
  ),
);

/** A secret in every text that a document may hold: a place whose text the schema does not let be anything is left as it is. */
function plant(document: unknown, schema: ZodType): void {
  const places: { holder: Record<string, unknown>; key: string }[] = [];
  const collect = (value: unknown, under: string): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      const name = Array.isArray(value) ? under : key;
      if (typeof inner !== 'string') collect(inner, name);
      else if (!LEFT.has(name)) places.push({ holder: value as Record<string, unknown>, key });
    }
  };
  collect(document, '');
  for (const [i, { holder, key }] of places.entries()) {
    const was = holder[key];
    holder[key] = `annasecret${i}x`;
    if (!schema.safeParse(document).success) holder[key] = was;
  }
}

/** Names that must be the same in several files. */
const shared = (text: string): string =>
  text
    .replaceAll('inferscope:r1:', 'inferscope:annasecretrun:')
    .replaceAll('"id":"r1"', '"id":"annasecretrun"')
    .replaceAll(/inferscope:(gpu|wasm):test/g, 'inferscope:$1:annasecretrealm')
    .replaceAll('page.example', 'annasecret.example')
    .replaceAll('model.wasm', 'annasecretmodel.wasm')
    .replaceAll('framework.js', 'annasecretscript.js');

const asked = [
  { flag: 'mark', values: ['annasecretmark'] },
  { flag: 'video', values: ['/home/annasecret/ward.webm'] },
  { flag: 'duration', values: ['12s'] },
  { flag: 'passes', values: ['timing,annasecretpass'] },
  { flag: 'annasecretflag', values: [] },
];

describe.each([false, true])('a bundle with a secret in every text (of a watched page: %s)', (isPage) => {
  test('loses all of them and gives the same analysis', () =>
    inScratchFolder(async (folder) => {
      const documents = structuredClone({ ...bundleDocuments(isPage), ...more() }) as Record<string, unknown>;
      const manifest = isPage ? pageManifestSchema : manifestSchema;
      Object.assign(documents[bundleFiles.manifest] as object, { asked });
      for (const [name, document] of Object.entries(documents)) plant(document, schemas[name] ?? manifest);
      const bundle = join(folder, 'bundle');
      await writeBundle(bundle, documents);
      const round = join(bundleFiles.qoe, '0-main');
      await mkdir(join(bundle, round), { recursive: true });
      for (const name of [bundleFiles.trace, bundleFiles.scheduling])
        await copyFile(join(bundle, name), join(bundle, round, name));
      for (const name of await readdir(bundle, { recursive: true }))
        if (/json(\.gz)?$/.test(name)) await writeFile(join(bundle, name), shared(await readFile(join(bundle, name), 'utf8')));
      const out = join(folder, 'packed.zip');
      const { names, lacks } = await packBundle(diskFolder(bundle), out, { redact: true });
      const files = await unzipped(out);
      expect([...files.keys()].filter((name) => !name.startsWith('modules/')).sort()).toEqual(
        [
          ...Object.keys(documents),
          bundleFiles.trace,
          ...[bundleFiles.trace, bundleFiles.scheduling].map((name) => `${bundleFiles.qoe}/0-main/${name}`),
        ].sort(),
      );
      for (const [name, bytes] of files) expect(`${name}: ${bytes.toString('latin1')}`).not.toMatch(/annasecret/);
      expect(lacks).toEqual([]);
      expect([...names!.kept].join()).not.toContain('annasecret');
      const [before, after] = [analyze(await loadInput(bundle)), analyze(await loadInput(out))];
      expect(apartFromNames(after)).toEqual(apartFromNames(before));
      expect(after.partition?.windows ?? 0).toBeGreaterThan(0);
    }));
});

/** Every text of a JSON document. */
function textsIn(json: string): Set<string> {
  const texts = new Set<string>();
  JSON.parse(json, (_, value: unknown) => {
    if (typeof value === 'string') texts.add(value);
    return value;
  });
  return texts;
}

test('a packed bundle gives the same, and holds no report', () =>
  inScratchFolder(async (folder) => {
    const bundle = await unpackRecorded('tiny-operators-webgpu');
    await writeFile(join(bundle, bundleFiles.report), 'a report');
    const out = join(folder, 'packed.zip');
    const { bytes, names } = await packBundle(diskFolder(bundle), out, { redact: false });
    const files = await unzipped(out);
    const inBundle = (await readdir(bundle, { recursive: true })).filter((path) => /\.(json|gz|wasm)$/.test(path));
    expect([...files.keys()].sort()).toEqual(inBundle.sort());
    expect(names).toBeNull();
    expect((await readFile(out)).length).toBe(bytes);
    const [before, after] = [await loadInput(bundle), await loadInput(out)];
    expect(analyze({ ...after, name: before.name })).toEqual(analyze(before));
  }));

describe.each(await recordedNames())('the recorded bundle %s', (name) => {
  test('gives the same figures when it is redacted, and holds no name of its own', () =>
    inScratchFolder(async (folder) => {
      const bundle = await unpackRecorded(name);
      const out = join(folder, 'packed.zip');
      const { names } = await packBundle(diskFolder(bundle), out, { redact: true });
      const [before, after] = [analyze(await loadInput(bundle)), analyze(await loadInput(out))];
      expect(apartFromNames(after)).toEqual(apartFromNames(before));
      const replaced = new Set<string>();
      // A word of Chrome’s may also be what a script calls its function.
      for (const kind of ['url', 'host', 'function', 'symbol', 'timing', 'event', 'title', 'node', 'file', 'message'] as const)
        for (const original of names!.pseudonyms.all(kind).keys())
          if (original.length > 2 && !names!.kept.has(original)) replaced.add(original);
      expect(replaced.size).toBeGreaterThan(20);
      const files = await unzipped(out);
      for (const [file, bytes] of files) {
        if (file.endsWith('.wasm')) continue;
        for (const text of textsIn(bytes.toString('utf8'))) expect(replaced.has(text), `${file} holds ${text}`).toBe(false);
      }
      const trace = gunzipSync(await readFile(join(bundle, bundleFiles.trace))).toString('utf8');
      const host = /http:\/\/127\.0\.0\.1:\d+/.exec(trace)![0];
      for (const [file, bytes] of files) expect(bytes.includes(host), file).toBe(false);
    }));
});

test('an aborted pack leaves nothing, and the file that was there', () =>
  inScratchFolder(async (folder) => {
    const bundle = await unpackRecorded('ppocr-det-worker');
    const out = join(folder, 'packed.zip');
    await writeFile(out, 'as it was');
    for (const redact of [false, true]) {
      const controller = new AbortController();
      const onFile = (name: string): void => {
        if (name === bundleFiles.trace) controller.abort(new Error('stopped'));
      };
      await expect(packBundle(diskFolder(bundle), out, { redact, signal: controller.signal, onFile })).rejects.toThrow('stopped');
    }
    expect(await readdir(folder)).toEqual(['packed.zip']);
    expect(await readFile(out, 'utf8')).toBe('as it was');
    await rm(out);
  }));
