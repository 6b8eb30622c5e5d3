// Makes what the README shows anew, of one bundle: docs/report.png, docs/notebook.png, and the text of the terminal.
//     npm run pictures [-- BUNDLE]
// Without a bundle it records the one that the README tells of. A page is always recorded. Wants a quiet machine. Needs dist/ (npm run build).
// In README.md each text stands between two lines, <!-- pictures: NAME --> and <!-- /pictures -->; what is between them is written here.
import { execFile, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { importTypeScript } from '../../bench/importTypeScript.mjs';
import { findBrowser } from '../../dist/collectors/browser/findBrowser.js';
import { formatMs, formatRatio } from '../../dist/src/view/format.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const bin = join(root, 'dist/cli/bin.js');
const RECORD = ['collect', '--ladder', '--budget', '3m', '--out', 'ocr'];
/** What a reader has on a screen without scrolling. */
const REPORT = { width: 1280, height: 960 };
const NOTEBOOK = { width: 1100, height: 1100 };

const given = process.argv[2];
if (given !== undefined && !existsSync(join(given, 'run.json'))) {
  console.error(`${JSON.stringify(resolve(given))} is no bundle: name the folder of a recording, or nothing.`);
  process.exit(2);
}
const readme = join(root, 'README.md');
const folder = mkdtempSync(join(tmpdir(), 'inferscope-pictures-'));
const browser = await chromium.launch({ executablePath: findBrowser().executable, chromiumSandbox: process.getuid?.() !== 0 });
try {
  const trace = (...args) => execFileSync(process.execPath, [bin, ...args], { cwd: folder, encoding: 'utf8', maxBuffer: 1e9 });
  if (given === undefined) trace(...RECORD);
  const bundle = given === undefined ? 'ocr' : resolve(given);
  const report = join(folder, 'report.html');
  const printed = trace('analyze', bundle, '--out', report);
  const analysis = JSON.parse(trace('analyze', bundle, '--json'));
  await shoot(pathToFileURL(report).href, REPORT, 'docs/report.png', () => document.documentElement.dataset.charts === 'drawn');
  await notebook(bundle);
  await page(trace);
  write('terminal', `\`\`\`\n$ npx inferscope ${RECORD.join(' ')}\n$ npx inferscope analyze ocr\n${printed.trimEnd()}\n\`\`\``);
  write('report', `![${described(analysis)}](docs/report.png)`);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}

async function shoot(url, viewport, file, isReady) {
  const page = await browser.newPage({ viewport, colorScheme: 'light' });
  await page.goto(url);
  await page.waitForFunction(isReady, null, { timeout: 120_000 });
  await page.screenshot({ path: join(root, file) });
  await page.close();
  console.error(`${file} is made`);
}

/** A page of the tests that has a slow function of its own around its model. */
async function page(trace) {
  const { servePages } = await importTypeScript('test/pages/servePages.ts');
  const { ownCodeModules } = await importTypeScript('test/planted/pages/ownCodeModules.ts');
  const server = await servePages(join(folder, 'pages'), ownCodeModules);
  try {
    const options = [`${server.origin}/own-code/?rank=12`, '--duration', '12s', '--out', 'app'];
    // The page is served by this process, which must not wait.
    await promisify(execFile)(process.execPath, [bin, 'collect', ...options], { cwd: folder });
    write(
      'page',
      `\`\`\`\n$ npx inferscope collect '${options[0]}' ${options.slice(1).join(' ')}\n$ npx inferscope analyze app\n${trace('analyze', 'app').trimEnd()}\n\`\`\``,
    );
  } finally {
    await server.close();
  }
}

/** The notebook that one begins with, as it is served. */
async function notebook(bundle) {
  const server = spawn(process.execPath, [bin, 'notebook', bundle, '--no-open'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const url = await new Promise((found, failed) => {
      let text = '';
      server.stdout.on('data', (bytes) => {
        text += bytes;
        if (text.includes('\n')) found(text.trim());
      });
      server.once('exit', (code) => failed(new Error(`trace notebook ended with ${code}`)));
    });
    await shoot(
      url,
      NOTEBOOK,
      'docs/notebook.png',
      () => document.querySelectorAll('[data-state=fulfilled]').length > 2 && !document.querySelector('[data-state=pending]'),
    );
  } finally {
    server.kill();
  }
}

/** The picture in words: what ran, how long it takes, and the first thing to do. */
function described({ run, latency, gap, steps }) {
  const takes = latency?.prediction ? `: ${formatMs(latency.prediction.medianMs)}` : '';
  const ratio = gap ? `, ${formatRatio(gap.ratio).replace('×', ' times')} native` : '';
  const first = steps?.[0] ? `; the first of what to do: ${steps[0].title[0].toLowerCase()}${steps[0].title.slice(1)}` : '';
  return `Report of ${run.modelTitle} on ${run.framework === 'ort' ? 'ONNX Runtime Web' : 'TensorFlow.js'}${takes}${ratio}${first}`.replace(
    /[[\]\\]/g,
    '\\$&',
  );
}

function write(name, text) {
  const [begin, end] = [`<!-- pictures: ${name} -->`, '<!-- /pictures -->'];
  const before = readFileSync(readme, 'utf8');
  const from = before.indexOf(begin);
  const to = before.indexOf(end, from);
  if (from < 0 || to < 0) throw new Error(`README.md has no lines ${begin} and ${end}`);
  writeFileSync(readme, `${before.slice(0, from + begin.length)}\n${text}\n${before.slice(to)}`);
  console.error(`README.md: ${name} is written`);
}
