import { isRuntime } from '../../analyzers/activity/scripts.js';
import { frameworkFiles } from '../../analyzers/steps/framework.js';
import { lastPart } from '../text/lastPart.js';
import type { Pseudonyms } from './pseudonyms.js';
import { isPackage, isPublishedFile } from './vocabulary/frameworks.js';

/** Endings that say what a file is, and what files with them are called. */
const ENDINGS: Readonly<Record<string, string>> = {
  js: 'script',
  mjs: 'script',
  cjs: 'script',
  ts: 'script',
  jsx: 'script',
  tsx: 'script',
  wasm: 'module',
  html: 'page',
  htm: 'page',
  php: 'page',
  css: 'style',
  json: 'data',
  bin: 'data',
  data: 'data',
  onnx: 'model',
  ort: 'model',
  tflite: 'model',
  png: 'picture',
  jpg: 'picture',
  webp: 'picture',
  mp4: 'video',
  webm: 'video',
};

const SCHEMES = new Set(
  'http https file ws wss blob data wasm node chrome chrome-extension chrome-untrusted devtools'.split(' '),
);

/** By which finders know a runtime, in the order in which they are tried; \b and letters around them are theirs to judge. */
const RUNTIME_WORDS = 'onnxruntime ort transformers tfjs tensorflow tf litert mediapipe webnn'.split(' ');

/** As in analyzers/activity/scripts.ts: the folders that packages are served from. */
const PACKAGE = /\/(node_modules|npm|ajax\/libs)\/((?:@[^/]+\/)?[^/@]+)/;

/**
 * A URL of the same structure, as far as findings rest on it: the scheme, whether two have one origin or one package, what kind of file
 * it is, and whether its name is that of a known runtime. Names of files and packages that frameworks publish stay.
 */
export function redactUrl(url: string, names: Pseudonyms): string {
  if (url === '' || url === 'about:blank' || url === 'about:srcdoc') return url;
  const known = names.all('url').get(url);
  if (known !== undefined) return known;
  const inner = /^blob:(?=[a-z])/.exec(url);
  const made = inner ? `blob:${redactUrl(url.slice('blob:'.length), names)}` : addressOf(url, names);
  const first = names.all('url').size + 1;
  return names.of('url', url, (n) => (n === first ? made : `${made}?${n}`));
}

function addressOf(url: string, names: Pseudonyms): string {
  const [, scheme = '', rest = url] = /^([a-z][a-z0-9.+-]*):(.*)$/is.exec(url) ?? [];
  const known = SCHEMES.has(scheme.toLowerCase()) ? `${scheme.toLowerCase()}:` : scheme === '' ? '' : 'other:';
  if (known === 'data:') return rest === '' ? known : `${known}${numbered(names, 'content')}`;
  const [, host, path = ''] = /^\/\/([^/?#]*)(.*)$/s.exec(rest) ?? [];
  if (host === undefined) return `${known}${fileOf(rest, url, names)}`;
  const origin =
    scheme === 'wasm' || host === '' ? `${known}//${host === 'wasm' ? host : ''}` : `${known}//${hostOf(host, names)}`;
  return path === '' ? origin : `${origin}/${fileOf(path, url, names)}`;
}

const hostOf = (host: string, names: Pseudonyms): string => names.of('host', host, (n) => `host-${n}`);

/** The file, in the folder of its package if it has one. */
function fileOf(path: string, url: string, names: Pseudonyms): string {
  const [, folder, name = ''] = PACKAGE.exec(url) ?? [];
  const file = nameOf(path, url, names);
  if (folder === undefined) return file;
  return `${folder}/${isPackage(name) ? name : names.of('package', name, (n) => `package-${n}`)}/${file}`;
}

function nameOf(path: string, url: string, names: Pseudonyms): string {
  const plain = path.replace(/[?#].*$/s, '');
  const file = lastPart(plain);
  if (plain.endsWith('/') || plain === '') return plain === '' || plain === '/' ? '' : `${numbered(names, 'folder')}/`;
  if (isPublishedFile(file)) return file;
  const ending = /\.([a-z0-9]{1,6})$/i.exec(file)?.[1]?.toLowerCase() ?? '';
  const kind = Object.hasOwn(ENDINGS, ending) ? ENDINGS[ending]! : url.startsWith('wasm:') ? 'module' : 'file';
  const suffix = Object.hasOwn(ENDINGS, ending) ? `.${ending}` : '';
  return `${numbered(names, stemOf(kind, url, file))}${suffix}`;
}

/** Names a file so that finders take it for the runtime that they take the original for, or for none. */
function stemOf(kind: string, url: string, file: string): string {
  const signs = Object.values(frameworkFiles)
    .filter((sign) => sign.test(file))
    .flatMap((sign) => RUNTIME_WORDS.find((word) => sign.test(word) && file.toLowerCase().includes(word)) ?? []);
  if (!isRuntime(url)) return [kind, ...signs].join('-');
  const runtime =
    RUNTIME_WORDS.find((word) => new RegExp(`(^|[/@])${word}\\b[^/]*$`, 'i').test(url.replace(/[?#].*$/s, ''))) ?? kind;
  return [runtime, ...signs.filter((sign) => sign !== runtime)].join('-');
}

/** By the number of the URL, of which there is one. */
const numbered = (names: Pseudonyms, stem: string): string => `${stem}-${names.all('url').size + 1}`;
