// Builds dist/: the library compiled, and bundled the command line and the scripts that run in pages.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { noticesComment, noticesFile, packagesIn } from './notices.mjs';
import { makeAnalysisSchema } from './schema.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const require = createRequire(import.meta.url);
const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');

// What an earlier build left must not be in a package.
if (process.argv.includes('--clean')) rmSync(join(root, 'dist'), { recursive: true, force: true });

// The compiler says itself what is wrong.
const { status } = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')], { stdio: 'inherit' });
if (status !== 0) process.exit(1);
await makeAnalysisSchema(root);

const read = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));
/** Packages of which bundles hold parts, by name and version. */
const held = new Map();

/** The scripts of a settings file, bundled. What they hold of others stands with its licence at their end. */
async function bundled(settings) {
  const given = { ...read(settings), absWorkingDir: root, logLevel: 'warning', metafile: true, write: false };
  const { outputFiles, metafile } = await build(given);
  return outputFiles.map(({ path, text }) => {
    const packages = packagesIn(metafile.outputs[relative(root, path).replaceAll('\\', '/')].inputs, root);
    for (const each of packages) held.set(each.name, each);
    return { path, text: text + noticesComment(packages) };
  });
}

async function bundle(settings) {
  for (const { path, text } of await bundled(settings)) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

// Loading hundreds of files takes longer than most commands do.
await bundle('src/cli/esbuild.json');
chmodSync(join(root, 'dist/cli/bin.js'), 0o755);
await bundle('collectors/harness/page/esbuild.json');
await bundle('collectors/pageHook/page/esbuild.json');
await bundle('src/report/client/esbuild.json');

// The page without installation holds all of its scripts, and those of the reports that it shows.
const scripts = await bundled('src/page/esbuild.json');
const [main, worker] = ['main.js', 'worker.js'].map((name) => scripts.find(({ path }) => path.endsWith(name)).text);
const { startPage } = await import(pathToFileURL(join(root, 'dist/src/page/startPage.js')).href);
const client = readFileSync(join(root, 'dist/browser/report.js'), 'utf8');
const { version } = read('package.json');
writeFileSync(join(root, 'dist/browser/inferscope.html'), startPage({ toolVersion: version, main, worker, client }));

const packages = [...held.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
writeFileSync(join(root, 'THIRD-PARTY-NOTICES.md'), noticesFile(packages));
