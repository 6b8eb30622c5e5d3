// Builds dist/: the library compiled, and bundled the command line and the scripts that run in pages.
import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const require = createRequire(import.meta.url);
const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');

// The compiler says itself what is wrong.
const { status } = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')], { stdio: 'inherit' });
if (status !== 0) process.exit(1);

const read = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));
// Loading hundreds of files takes longer than most commands do.
await build({ ...read('src/cli/esbuild.json'), absWorkingDir: root, logLevel: 'warning' });
chmodSync(join(root, 'dist/cli/bin.js'), 0o755);
await build({ ...read('collectors/harness/page/esbuild.json'), absWorkingDir: root, logLevel: 'warning' });
await build({ ...read('collectors/pageHook/page/esbuild.json'), absWorkingDir: root, logLevel: 'warning' });
await build({ ...read('src/report/client/esbuild.json'), absWorkingDir: root, logLevel: 'warning' });

// The page without installation holds all of its scripts, and those of the reports that it shows.
const { outputFiles } = await build({ ...read('src/page/esbuild.json'), absWorkingDir: root, write: false, logLevel: 'warning' });
const [main, worker] = ['main.js', 'worker.js'].map((name) => outputFiles.find(({ path }) => path.endsWith(name)).text);
const { startPage } = await import(pathToFileURL(join(root, 'dist/src/page/startPage.js')).href);
const client = readFileSync(join(root, 'dist/browser/report.js'), 'utf8');
const { version } = read('package.json');
writeFileSync(join(root, 'dist/browser/inferscope.html'), startPage({ toolVersion: version, main, worker, client }));
