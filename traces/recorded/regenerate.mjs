// Records the bundles of this folder anew and makes them small: node traces/recorded/regenerate.mjs [name]…
// Needs a built dist/ and a browser; best on a quiet machine. Afterwards: npx vitest run test/golden -u
//
// What is taken out changes nothing that an analysis says of the windows:
// - of each Wasm module the bodies of functions that were not sampled in any window or the warm-up (replaced by unreachable and nops, so that every offset stays
//   as it was) and the contents of its data segments; the module is gzipped, and has a new hash;
// - of the trace the events of processes other than the run's own page and the GPU's, metadata apart;
// - of the manifest and the trace's metadata what names the machine's folders.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { loadInput } from '../../dist/src/loadInput.js';
import { functionAt } from '../../dist/src/wasm/functionAt.js';
import { indexModule } from '../../dist/src/wasm/indexModule.js';

const here = dirname(fileURLToPath(import.meta.url));

const recordings = {
  'ppocr-det-worker': ['--model', 'ppocr-det', '--threads', '1', '--on', 'worker', '--iterations', '6'],
  'tiny-operators-webgpu': ['--model', 'tiny-operators', '--backend', 'webgpu', '--on', 'worker', '--iterations', '4'],
  'mobilenet-v2-webgl': ['--model', 'mobilenet-v2', '--framework', 'tfjs', '--backend', 'webgl', '--on', 'worker', '--iterations', '4'],
  'mobilenet-v2-main': ['--model', 'mobilenet-v2', '--threads', '2', '--on', 'main', '--iterations', '5'],
};

const chosen = process.argv.slice(2);
for (const [name, args] of Object.entries(recordings)) {
  if (chosen.length === 0 || chosen.includes(name)) await record(name, args);
}

async function record(name, args) {
  const folder = mkdtempSync(join(tmpdir(), 'inferscope-record-'));
  const target = join(here, name);
  try {
    execFileSync(process.execPath, [join(here, '../../dist/cli/bin.js'), 'collect', ...args, '--out', folder], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    rmSync(target, { recursive: true, force: true });
    mkdirSync(join(target, 'modules'), { recursive: true });
    const manifest = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'));
    const trace = trimTrace(JSON.parse(gunzipSync(readFileSync(join(folder, 'trace.json.gz'))).toString()), manifest.id);
    const offsets = sampledOffsets((await loadInput(folder)).trace, manifest.id);
    manifest.modules = manifest.modules.map(({ sha256, url }) => {
      const bytes = blank(readFileSync(join(folder, 'modules', `${sha256}.wasm`)), offsets);
      const hash = createHash('sha256').update(bytes).digest('hex');
      writeFileSync(join(target, 'modules', `${hash}.wasm.gz`), gzipSync(bytes, { level: 9 }));
      return { sha256: hash, url, bytes: bytes.length };
    });
    // One event per line, as Chrome writes it.
    const { traceEvents, ...rest } = trace;
    const text = `{"traceEvents":[\n${traceEvents.map((event) => JSON.stringify(event)).join(',\n')}\n],${JSON.stringify(rest).slice(1)}`;
    const compressed = gzipSync(text, { level: 9 });
    manifest.trace.compressedBytes = compressed.length;
    manifest.browser.executable = basename(manifest.browser.executable);
    manifest.browser.commandLine = withoutFolders(manifest.browser.commandLine);
    writeFileSync(join(target, 'trace.json.gz'), compressed);
    writeFileSync(join(target, 'run.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    for (const file of ['baseline.json', 'gpu.json']) {
      if (existsSync(join(folder, file))) writeFileSync(join(target, file), readFileSync(join(folder, file)));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A command line without the words that hold a path. */
function withoutFolders(commandLine) {
  return commandLine
    ?.split(' ')
    .filter((word) => !/^--[\w-]+=\//.test(word))
    .map((word) => (word.startsWith('/') ? basename(word) : word))
    .join(' ');
}

function trimTrace({ traceEvents, metadata = {}, ...rest }, runId) {
  const page = traceEvents.find(({ name }) => name.startsWith(`inferscope:${runId}:`)).pid;
  const gpu = traceEvents.find(({ name, args }) => name === 'process_name' && args.name === 'GPU Process')?.pid;
  const kept = traceEvents.filter(({ ph, pid }) => ph === 'M' || pid === page || pid === gpu);
  const { command_line, ...others } = metadata;
  return { ...rest, metadata: command_line ? { ...others, command_line: withoutFolders(command_line) } : others, traceEvents: kept };
}

/** Where the Wasm functions begin that were sampled from the warm-up on. */
function sampledOffsets({ tables }, runId) {
  const { userTiming, samples, callFrames } = tables;
  const warmup = Array.from({ length: userTiming.length }, (_, row) => row).find(
    (row) => userTiming.columns.name.at(row) === `inferscope:${runId}:warm-up:0`,
  );
  const offsets = new Set();
  for (let row = 0; row < samples.length; row++) {
    if (samples.columns.atUs[row] < userTiming.columns.startUs[warmup]) continue;
    const frame = samples.columns.frame[row];
    if (callFrames.columns.codeType.at(frame) === 'wasm') offsets.add(callFrames.columns.column[frame]);
  }
  return offsets;
}

/** The module with every byte where it was, but never-sampled functions and data emptied. */
function blank(module, offsets) {
  const bytes = Uint8Array.from(module);
  const index = indexModule(bytes);
  const kept = new Set([...offsets].map((offset) => functionAt(index, offset)));
  index.bodyStart.forEach((start, i) => {
    if (kept.has(index.importedFunctions + i)) return;
    const end = start + index.bodyBytes[i];
    if (end - start < 3) return;
    // No locals, unreachable, nops, end.
    bytes.set([0x00, 0x00], start);
    bytes.fill(0x01, start + 2, end - 1);
    bytes[end - 1] = 0x0b;
  });
  // The analysis does not read data; the section's own structure is of no use without its contents.
  const data = sectionOf(bytes, 11);
  if (data) bytes.fill(0, data.start, data.end);
  return bytes;
}

/** The content of the first section with this id. */
function sectionOf(bytes, wanted) {
  let at = 8;
  while (at < bytes.length) {
    const id = bytes[at++];
    let size = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      size += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
    }
    if (id === wanted) return { start: at, end: at + size };
    at += size;
  }
  return null;
}
