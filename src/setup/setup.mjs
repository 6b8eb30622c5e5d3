// Sets up a fresh clone: the packages, the build, a browser. Needs nothing but Node and npm, and does only what is not done yet.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
process.chdir(root);

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Inferscope needs Node 20.19 or later; this is ${process.version}. See https://nodejs.org.`);
  process.exit(1);
}

unlessDone('node_modules/.inferscope-setup', ['package-lock.json'], () => {
  console.error('Installing packages (npm ci)');
  npm('ci', '--no-audit', '--no-fund', '--loglevel=error');
});
unlessDone(
  'dist/.built',
  ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'src', 'collectors', 'analyzers', 'models'],
  () => {
    console.error('Building');
    run(process.execPath, 'src/setup/build.mjs');
  },
);
run(process.execPath, 'dist/cli/bin.js', 'doctor', '--fix');

/** Does the work unless the stamp says that it was done for the very same files. */
function unlessDone(stamp, inputs, work) {
  const hash = createHash('sha256');
  for (const path of inputs.flatMap(filesIn)) hash.update(path).update(readFileSync(path));
  const digest = hash.digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  work();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, digest);
}

function filesIn(path) {
  if (!path.includes('.') && existsSync(path)) {
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  }
  return [path];
}

function npm(...args) {
  // Started by npm, its own script is known; `npm` alone is a shell script on Windows.
  const script = process.env.npm_execpath;
  if (script) run(process.execPath, script, ...args);
  else run(process.platform === 'win32' ? 'npm.cmd' : 'npm', ...args);
}

function run(command, ...args) {
  try {
    // What set-up prints is diagnostics, so it goes to stderr.
    execFileSync(command, args, { stdio: ['ignore', 2, 2] });
  } catch (error) {
    process.exit(error.status ?? 1);
  }
}
