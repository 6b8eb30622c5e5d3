// Builds and analyzes at every change of the code, for looking at a report while working: npm run preview -- <bundle, study or trace> [option …]
import { spawnSync } from 'node:child_process';
import { existsSync, watch } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const given = process.argv.slice(2);
const input = given[0] ?? '';
// Changes of the code would not bring it about.
if (input === '' || input.startsWith('-') || !existsSync(input)) {
  if (input !== '' && !input.startsWith('-')) console.error(`${JSON.stringify(resolve(input))} does not exist.`);
  console.error('Say first what is to be analyzed: npm run preview -- traces/recorded/ppocr-det-worker [option …]');
  process.exit(2);
}

/** Editors save in several steps: they count as one. */
const SETTLED_MS = 200;

let waiting = setTimeout(make, 0);
for (const folder of ['src', 'collectors', 'analyzers', 'models']) {
  watch(join(root, folder), { recursive: true }, () => {
    clearTimeout(waiting);
    waiting = setTimeout(make, SETTLED_MS);
  });
}

function make() {
  const run = (...args) => spawnSync(process.execPath, args, { stdio: 'inherit' }).status === 0;
  if (run(join(root, 'src/setup/build.mjs'))) run(join(root, 'dist/cli/bin.js'), 'analyze', ...given);
  console.error(`\n${new Date().toLocaleTimeString()}  waiting for changes; Ctrl-C ends`);
}
