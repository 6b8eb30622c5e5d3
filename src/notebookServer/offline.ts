import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';
import { packageRoot } from '../packageRoot.js';
import { builtinsModule, exportedNames, sampleDataModule } from './builtins.js';

export interface OfflineOptions {
  /** Folder of the notebooks. */
  readonly root: string;
  /** For one file: the text of its cells, of which the builtins are kept that it names. Null: all are there. */
  readonly cells: string | null;
}

/** Modules that stand for what is missing or would come from elsewhere. */
const VIRTUAL = 'virtual:inferscope/';
const MISSING = `${VIRTUAL}missing/`;
const KIT = '/notebook-kit/dist/src/runtime/';
const BARE = /^(?:@[\w.~-]+\/)?[\w~-][\w.~-]*(?:\/.*)?$/;
/** An import of a package from the CDN, as the kit writes it: package, version, path. */
const FROM_CDN =
  /(\bfrom\s*|\bimport\s*\(?\s*|@import url\()(["'])https:\/\/cdn\.jsdelivr\.net\/npm\/((?:@[^/@"']+\/)?[^/@"']+)(?:@[^/"']+)?(\/[^"']*)?\2/g;
const ATTACHED = /new URL\((["'])([^"']+)\1, import\.meta\.url\)\.href/g;
/** What the built page inflates by itself before a cell sees it. */
const DEFLATED = 'data:application/vnd.inferscope.gzip;base64,';

/** A Vite plugin by which everything that a notebook imports, the kit's builtins too, is an installed package: no network. */
export function offline({ root, cells }: OfflineOptions): Plugin {
  const used = (name: string): boolean => cells === null || new RegExp(`\\b${name}\\b`).test(cells);
  const library = join(packageRoot(), 'dist/src/notebook/index.js');
  const bases = [join(root, '*'), ...toolBases()];
  return {
    name: 'inferscope:offline',
    enforce: 'pre',
    async resolveId(given, importer, options) {
      const source = given.replace(/^npm:/, '').replace(/^((?:@[^/@]+\/)?[^/@]+)@[^/]+/, '$1');
      if (source === 'inferscope/notebook') return existsSync(library) ? library : null;
      if (source.startsWith(VIRTUAL)) return `\0${source}`;
      // The HTML file itself.
      if (importer === undefined || !BARE.test(source)) return null;
      const path = pathOf(importer);
      const isInside = path.includes('/node_modules/') && !isOurs(path);
      // Packages find their own dependencies.
      if (isInside) return null;
      for (const base of isOurs(path) ? bases : [importer, ...bases]) {
        const found = await this.resolve(source, base, { ...options, skipSelf: true });
        if (found) return found;
      }
      return `\0${MISSING}${source}`;
    },
    load(id) {
      if (id.startsWith(`\0${MISSING}`)) return missingModule(id.slice(MISSING.length + 1));
      if (id === `\0${VIRTUAL}vega-lite`) return VEGA_LITE;
      if (id === `\0${VIRTUAL}arrow`) return ARROW;
      const path = pathOf(id);
      if (path.endsWith(`${KIT}stdlib/recommendedLibraries.js`)) return builtinsModule(namesIn(path), used);
      if (path.endsWith(`${KIT}stdlib/sampleDatasets.js`)) return sampleDataModule(namesIn(path));
      if (path.endsWith(`${KIT}stdlib/require.js`)) return REQUIRE;
      return null;
    },
    transform(code, id) {
      const path = pathOf(id);
      let text = code;
      if (path.endsWith(`${KIT}stdlib/fileAttachment.js`)) text = withoutWasm(text);
      text = text.replace(FROM_CDN, (_, before: string, quote: string, name: string, inside = '') => {
        return `${before}${quote}${name}${inside.replace(/\/\+esm$/, '')}${quote}`;
      });
      // A page in one file has its attachments inside.
      if (cells !== null && /[?&]html-proxy/.test(id)) text = withAttachments(text, root);
      return text === code ? null : { code: text, map: null };
    },
  };
}

const pathOf = (id: string): string => id.split('?')[0]!.replaceAll('\\', '/').replace(/^\0/, '');
const namesIn = (path: string): string[] => exportedNames(readFileSync(path, 'utf8'));

/** Modules whose imports are packages of the notebook or of the tool, wherever they stand themselves. */
function isOurs(path: string): boolean {
  return path.includes(KIT) || path.startsWith(`${packageRoot().replaceAll('\\', '/')}/dist/`) || path.startsWith(VIRTUAL);
}

/**
 * Where the tool's packages are looked up. Vite makes one file of each package only for importers outside of node_modules, so the
 * folder around comes first.
 */
function toolBases(): string[] {
  const own = packageRoot();
  const at = own.indexOf(`${sep}node_modules${sep}`);
  return [...(at < 0 ? [] : [join(own.slice(0, at), '*')]), join(own, 'package.json')];
}

/** Folders from which modules may be served. */
export function servedFolders(): string[] {
  return toolBases().map((base) => join(dirname(base), 'node_modules'));
}

/** Packages of style sheets, which Vite looks up beside the notebook alone: where they are. */
export function stylePackages(): { readonly find: RegExp; readonly replacement: string }[] {
  const kit = folderOf('@observablehq/notebook-kit', toolBases());
  const found = (name: string, around: string) => join(folderOf(name, [join(kit, 'package.json'), ...toolBases()]), around);
  return [
    // All fonts are installed beside each other.
    { find: /^@fontsource-variable(?=\/)/, replacement: found('@fontsource-variable/inter', '..') },
    { find: /^@observablehq\/inputs(?=\/)/, replacement: found('@observablehq/inputs', '.') },
  ];
}

/** Where a package is installed, as seen from files. */
function folderOf(name: string, from: readonly string[]): string {
  const folders = from.flatMap((file) => createRequire(file).resolve.paths(name) ?? []);
  return folders.map((folder) => join(folder, name)).find((folder) => existsSync(folder)) ?? name;
}

function missingModule(name: string): string {
  const why = `${name} is not installed. Run this in the folder of the notebook: npm install ${name.split('/', name.startsWith('@') ? 2 : 1).join('/')}`;
  return `throw new Error(${JSON.stringify(why)});\nexport default null;`;
}

/** The kit's way to register the view returns undefined once it is bundled. */
const VEGA_LITE = `import * as vega from "vega";
import * as vegaLite from "vega-lite";
import * as vl from "vega-lite-api";
vl.register(vega, vegaLite);
export { vl };`;

/** The kit hands over a response. */
const ARROW = `import { tableFromIPC as read } from "@uwdata/flechette";
export const tableFromIPC = async (from) => read(from instanceof Response ? new Uint8Array(await from.arrayBuffer()) : from);`;

const REQUIRE = `export function require() {
  throw new Error("require loads from a CDN, and notebooks work without a network. Write: import … from \\"npm:…\\"");
}
require.resolve = require;`;

/** Attachments without what is loaded as WebAssembly from a CDN; and of a page in one file, inflated when they are fetched. */
function withoutWasm(code: string): string {
  const failing = (what: string, instead: string): string =>
    `Promise.reject(new Error(${JSON.stringify(`${what} needs packages from a CDN, and notebooks work without a network. ${instead}`)}))`;
  return `${code
    .replace(/import\("https:\/\/cdn\.jsdelivr\.net\/npm\/apache-arrow[^"]*"\)/g, `import("${VIRTUAL}arrow")`)
    .replace(/import\("https:\/\/cdn\.jsdelivr\.net\/npm\/d3-dsv[^"]*"\)/g, 'import("d3")')
    .replace(
      /import\("https:\/\/cdn\.jsdelivr\.net\/npm\/parquet-wasm[^"]*"\)/g,
      failing('parquet()', "A SQL cell reads the file: SELECT * FROM '…'."),
    )
    .replace(/import\("\.\/zip\.js"\)/g, failing('zip()', 'Unpack the file.'))
    .replace(/import\("\.\/xlsx\.js"\)/g, failing('xlsx()', 'Save the sheet as CSV.'))
    .replace(/\bfetch\(file\.href\)/g, 'fetchInflated(file.href)')}
async function fetchInflated(href) {
  const response = await fetch(href);
  if (!href.startsWith(${JSON.stringify(DEFLATED)})) return response;
  return new Response(response.body.pipeThrough(new DecompressionStream("gzip")));
}`;
}

/** The cells with each attachment that is there in its place; the others are found missing when the page is opened. */
function withAttachments(code: string, folder: string): string {
  return code.replace(ATTACHED, (expression, _, name: string) => {
    const path = resolve(folder, decodeURI(name));
    if (!existsSync(path)) return expression;
    return JSON.stringify(`${DEFLATED}${gzipSync(readFileSync(path), { level: 9 }).toString('base64')}`);
  });
}
