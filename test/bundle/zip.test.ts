import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { analyze } from '../../analyzers/index.js';
import { BundleError, bundleFiles } from '../../src/bundle/bundleFiles.js';
import { readBundle } from '../../src/bundle/readBundle.js';
import { loadInput } from '../../src/loadInput.js';
import { TraceError } from '../../src/trace/traceError.js';
import { temporaryFolder } from '../models/temporaryFolder.js';
import { buildManifest } from './buildManifest.js';
import { buildZip, type ZipPart } from './buildZip.js';
import { zipParts } from './folderFiles.js';
import { unpackRecorded } from './unpackRecorded.js';

const manifest: ZipPart = { name: 'run.json', content: JSON.stringify(buildManifest()), deflated: true };
const trace = (content: string | Uint8Array, more: Partial<ZipPart> = {}): ZipPart => ({
  name: bundleFiles.trace,
  content,
  ...more,
});
const event = { ph: 'X', name: 'a', ts: 1, dur: 1, pid: 1, tid: 1 };
const events = (count: number): string => JSON.stringify({ traceEvents: Array.from({ length: count }, () => event) });

async function zipped(parts: readonly ZipPart[], cutBytes = 0): Promise<string> {
  const path = join(await temporaryFolder(), 'packed.zip');
  const bytes = buildZip(parts);
  await writeFile(path, bytes.subarray(0, bytes.length - cutBytes));
  return path;
}

describe('a packed bundle', () => {
  test.each(['', 'a folder/below/'])('is analyzed as its folder is, packed as "%s…"', async (below) => {
    const folder = await unpackRecorded('mobilenet-v2-webgl');
    const path = await zipped(await zipParts(folder, below));
    const [packed, unpacked] = [analyze(await loadInput(path)), analyze(await loadInput(folder))];
    expect(packed.partition).not.toBeNull();
    expect(packed.gpu).not.toBeNull();
    expect({ ...packed, source: { ...packed.source, name: folder } }).toEqual(unpacked);
  });

  test('is opened by the library as its folder is', async () => {
    const path = await zipped([manifest, trace(gzipSync(events(3)))]);
    const bundle = await readBundle(path);
    expect(bundle).toMatchObject({ name: path, manifest: buildManifest(), gpu: null });
    expect(bundle.trace?.name).toBe(`${path}/${bundleFiles.trace}`);
    expect(await bundle.readModule('0'.repeat(64))).toBeNull();
  });

  test('is left before its end, in the middle of what inflates a thousandfold', async () => {
    const packed = gzipSync(Buffer.concat([Buffer.from(events(3)), Buffer.alloc(3e8, ' ')]), { level: 1 });
    const path = await zipped([manifest, trace(packed, { deflated: true })]);
    await expect(loadInput(path, { maxInflatedBytes: 1e6 })).rejects.toThrow(/more than the limit of 1\.00 MB/);
  });

  test('tells its progress in bytes of the trace in it', async () => {
    const seen: number[] = [];
    const packed = gzipSync(events(5000));
    const path = await zipped([manifest, trace(packed)]);
    await loadInput(path, { onProgress: ({ readBytes, totalBytes }) => seen.push(readBytes / totalBytes) });
    expect(seen.at(-1)).toBe(1);
  });
});

describe('what is refused, in words that name the file', () => {
  test.each<[string, readonly ZipPart[], RegExp]>([
    [
      'several bundles',
      [manifest, { ...manifest, name: 'b/run.json' }].map((part, i) => ({ ...part, name: `${i}/run.json` })),
      /holds 2 bundles/,
    ],
    ['a file twice', [manifest, manifest], /holds run\.json twice/],
    ['a manifest that is encrypted', [{ ...manifest, flags: 1 }], /run\.json cannot be unpacked: encrypted/],
    ['a manifest that is longer than it says', [{ ...manifest, saysBytes: 10 }], /run\.json cannot be unpacked: .*size/],
    [
      'a manifest that says it is huge',
      [{ ...manifest, saysBytes: 0xfffffffe }],
      /run\.json says that it is 4294967294 bytes long/,
    ],
    ['a manifest that is none', [{ name: 'run.json', content: '{}' }], /run\.json is not what this version/],
  ])('%s', async (_, parts, message) => {
    const path = await zipped(parts);
    const error = await loadInput(path).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(BundleError);
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).toContain(path);
  });

  test('a zip that ends early', async () => {
    await expect(loadInput(await zipped([manifest, trace(events(100))], 60))).rejects.toThrow(
      /packed\.zip: is a zip archive that is damaged or not whole/,
    );
  });

  test('a zip without a run.json, which is no bundle', async () => {
    const path = await zipped([{ name: 'Trace-1.json', content: events(3) }]);
    const error = await loadInput(path).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TraceError);
    expect((error as Error).message).toMatch(/a zip archive.*Unpack it.*would hold a run\.json/);
    await expect(readBundle(path)).rejects.toThrow(/is no run bundle/);
  });
});

describe('a small zip does not give more than is allowed', () => {
  const bomb = `{"traceEvents":[${' '.repeat(5e6)}`;

  test.each([
    ['a trace that is deflated', trace(bomb, { deflated: true }), 'The zip data inflates to more than the limit of 1.00 MB'],
    ['a trace in gzip', trace(gzipSync(bomb)), 'The gzip data inflates to more than the limit of 1.00 MB'],
  ])('%s', async (_, part, message) => {
    const path = await zipped([manifest, part]);
    await expect(loadInput(path, { maxInflatedBytes: 1e6 })).rejects.toThrow(message);
    expect((await loadInput(path, { maxInflatedBytes: 6e6 })).trace).not.toBeNull();
  });
});

test('names in a zip lead nowhere else', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'gpu.json'), 'not read');
  const names = ['../gpu.json', '/etc/passwd', '..\\gpu.json', '__proto__', 'constructor', `${folder}/gpu.json`];
  const path = join(folder, 'packed.zip');
  await writeFile(path, buildZip([manifest, ...names.map((name) => ({ name, content: 'x' }))]));
  expect(await readBundle(path)).toMatchObject({ gpu: null, trace: null });
});
