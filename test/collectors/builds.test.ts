import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { BuildLack } from '../../collectors/builds/buildError.js';
import { ownBuilds } from '../../collectors/builds/ownBuilds.js';
import { publishedBuild } from '../../collectors/builds/publishedBuild.js';
import { suiteFolder } from './suiteFolder.js';

const { signal } = new AbortController();
const SCRIPT = 'ort.wasm.min.mjs';

interface Entry {
  readonly path: string;
  readonly text?: string;
  readonly type?: string;
}

/** A tar as npm packs it. */
function packed(entries: readonly Entry[]): Uint8Array {
  const parts = entries.flatMap(({ path, text = '', type = '0' }) => {
    const head = Buffer.alloc(512);
    head.write(path.slice(-100), 0, 'utf8');
    head.write(`${Buffer.byteLength(text).toString(8).padStart(11, '0')}\0`, 124);
    head.write(type, 156);
    const content = Buffer.from(text);
    return [head, content, Buffer.alloc((512 - (content.length % 512)) % 512)];
  });
  return gzipSync(Buffer.concat([...parts, Buffer.alloc(1024)]));
}

const manifestOf = (name: string, version: string): string => JSON.stringify({ name, version });
const whole = (version: string): Entry[] => [
  { path: 'package/package.json', text: manifestOf('onnxruntime-web', version) },
  { path: `package/dist/${SCRIPT}`, text: 'export {}' },
  { path: `package/dist/${SCRIPT}.map`, text: '{}' },
];

describe('publishedBuild', () => {
  const root = suiteFolder();

  /** A registry that has one package, and what was asked of it. */
  function registry(content: Uint8Array) {
    const asked: string[] = [];
    const ask = async (args: readonly string[]): Promise<string> => {
      asked.push(args.slice(0, 2).join(' '));
      await writeFile(join(args.at(-1)!, 'p-1.tgz'), content);
      return JSON.stringify([{ filename: 'p-1.tgz' }]);
    };
    return { asked, get: (version: string) => publishedBuild('ort', 'wasm', version, root(), signal, ask) };
  }

  test('is fetched once and unpacked, without what no page loads', async () => {
    const { asked, get } = registry(packed(whole('1.20.0')));
    const folders = await get('1.20.0');
    expect(await get('1.20.0')).toEqual(folders);
    expect(asked).toEqual(['pack onnxruntime-web@1.20.0']);
    expect(await readdir(folders['onnxruntime-web']!)).toEqual([SCRIPT]);
    expect(await readFile(join(folders['onnxruntime-web']!, SCRIPT), 'utf8')).toBe('export {}');
  });

  test('without the script that a page loads cannot be run', async () => {
    const { get } = registry(packed(whole('1.17.0').filter(({ path }) => !path.includes(SCRIPT))));
    await expect(get('1.17.0')).rejects.toThrow(/has no dist\/ort\.wasm\.min\.mjs, so it is too old/);
    await expect(get('1.17.0')).rejects.toThrow(BuildLack);
  });

  test('takes long names, and neither links nor what lies outside', async () => {
    const long = `package/dist/${'a'.repeat(120)}.mjs`;
    const pax = (path: string): Entry => {
      const line = ` path=${path}\n`;
      const length = line.length + String(line.length + 3).length;
      return { path: 'PaxHeader/x', type: 'x', text: `${length}${line}` };
    };
    const entries = [...whole('1.21.0'), { path: 'package/dist/link.mjs', type: '2' }, pax(long), { path: 'x', text: 'long' }];
    const folders = await registry(packed(entries)).get('1.21.0');
    expect((await readdir(folders['onnxruntime-web']!)).sort()).toEqual([`${'a'.repeat(120)}.mjs`, SCRIPT]);
    for (const path of ['package/../../evil.mjs', 'package/a\\b.mjs'])
      await expect(registry(packed([...whole('1.22.0'), { path }])).get('1.22.0')).rejects.toThrow('outside of it');
    expect(await readdir(root())).not.toContain('evil.mjs');
  });

  test.each([
    ['is not compressed', Buffer.from('no archive'), 'not a compressed package'],
    ['is cut', gzipSync(Buffer.from(packed(whole('1.23.0')).subarray(0, 0))), 'is not installed'],
  ])('is not there if it %s, and leaves nothing behind', async (_, content, message) => {
    await expect(registry(content).get('1.23.0')).rejects.toThrow(message);
    const modules = join(root(), 'ort-1.23.0', 'node_modules');
    expect((await readdir(modules)).filter((name) => name.includes('partial'))).toEqual([]);
  });
});

describe('ownBuilds', () => {
  const root = suiteFolder();
  let number = 0;

  async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
    const folder = join(root(), String(number++));
    await mkdir(folder, { recursive: true });
    for (const [path, text] of Object.entries(files)) {
      await mkdir(join(folder, path, '..'), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    return folder;
  }

  const build = { 'package.json': manifestOf('onnxruntime-web', '1.0.0'), [`dist/${SCRIPT}`]: '' };
  const under = (name: string, files: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(Object.entries(files).map(([path, text]) => [`${name}/${path}`, text]));

  test('are packages, or projects that have them installed, in the order in which they are named', async () => {
    const itself = await folderWith(build);
    const project = await folderWith(under('node_modules/onnxruntime-web', build));
    expect([...ownBuilds([`new=${itself}`, `old=${project}`], 'ort', 'wasm')]).toEqual([
      ['new', { 'onnxruntime-web': join(itself, 'dist') }],
      ['old', { 'onnxruntime-web': join(project, 'node_modules/onnxruntime-web/dist') }],
    ]);
  });

  test('are the folders of one that is named, in the order of their names', async () => {
    const all = await folderWith({ ...under('1.10', build), ...under('1.9', build), ...under('.git', {}), 'readme.md': '' });
    expect([...ownBuilds([all], 'ort', 'wasm').keys()]).toEqual(['1.9', '1.10']);
  });

  test('need the packages of all that a backend needs', async () => {
    const tfjs = { 'package.json': manifestOf('@tensorflow/tfjs', '4.0.0'), 'dist/tf.min.js': '' };
    const backend = { 'package.json': manifestOf('@tensorflow/tfjs-backend-wasm', '4.0.0'), 'dist/tf-backend-wasm.min.js': '' };
    const [alone, both] = [
      await folderWith(tfjs),
      await folderWith({
        ...under('node_modules/@tensorflow/tfjs', tfjs),
        ...under('node_modules/@tensorflow/tfjs-backend-wasm', backend),
      }),
    ];
    expect(ownBuilds([`1=${both}`, `2=${both}`], 'tfjs', 'wasm').size).toBe(2);
    expect(ownBuilds([`1=${alone}`, `2=${both}`], 'tfjs', 'webgl').size).toBe(2);
    expect(() => ownBuilds([`1=${alone}`, `2=${both}`], 'tfjs', 'wasm')).toThrow(
      /is no build to run: it is not a folder whose node_modules have @tensorflow\/tfjs and @tensorflow\/tfjs-backend-wasm/,
    );
  });

  test('are refused where they cannot be meant', async () => {
    const good = await folderWith(build);
    const empty = await folderWith({ 'package.json': manifestOf('onnxruntime-web', '1.0.0') });
    const other = await folderWith({ 'package.json': manifestOf('left-pad', '1.0.0') });
    const refused = (...given: string[]) => expect(() => ownBuilds(given, 'ort', 'wasm'));
    refused(`1=${good}`).toThrow('needs two builds');
    refused(`1=${good}`, `1=${good}`).toThrow('names 1 twice');
    refused(`1=${good}`, good).toThrow('a build is given as name=folder');
    refused(`../x=${good}`, `2=${good}`).toThrow('cannot name a build');
    refused(`1=${good}`, '2=/nowhere').toThrow('there is no folder /nowhere');
    refused(join(root(), 'nowhere')).toThrow('there is no folder');
    refused(`1=${good}`, `2=${empty}`).toThrow(`has no dist/${SCRIPT}`);
    refused(`1=${good}`, `2=${other}`).toThrow('nor a folder whose node_modules have onnxruntime-web');
  });
});
