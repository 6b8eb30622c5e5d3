import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { importTypeScript } from './importTypeScript.mjs';

// What rewriting a framework's modules does to a model's outputs: every model of the registry that runs on Wasm, with the modules as they
// are published, with their multiply-adds fused, and with what they execute counted; beside native ONNX Runtime and, of some models, beside
// the same network computed in doubles. Nothing is timed, so a busy machine does. Needs dist/ (npm run build).
//     npm run bench -- rewritten [--out /tmp/rewritten] [--models a,b] [--frameworks ort,tfjs] [--table]
// What was made is kept in the folder, and the same command goes on; --table writes only docs/rewritten.md of what is there.

const MARKER = '<!-- bench/rewritten.mjs writes what follows -->';
const DOCUMENT = join(import.meta.dirname, '../docs/rewritten.md');
/** Networks of convolutions whose operators the evaluation in doubles has; it takes seconds to minutes. */
const IN_DOUBLES = ['ppocr-det', 'mobilenet-v2', 'resnet50'];

const { values: options } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: {
    out: { type: 'string', default: '/tmp/rewritten' },
    models: { type: 'string' },
    frameworks: { type: 'string' },
    table: { type: 'boolean', default: false },
  },
});
const { models } = await import('../dist/models/index.js');
const { tried } = await import('../dist/models/tried.js');
const { frameworks } = await import('../dist/collectors/frameworks.js');

mkdirSync(options.out, { recursive: true });
const isAsked = (list, name) => list === undefined || list.split(',').includes(name);
const cells = models.flatMap(({ name, formats }) =>
  Object.keys(frameworks)
    .filter((framework) => formats.includes(frameworks[framework].format) && !isKnownToFail(name, framework))
    .map((framework) => ({ framework, model: name })),
);
if (!options.table) for (const cell of cells) await measure(cell);
write();

function isKnownToFail(model, framework) {
  const runs = tried.models.find(({ name }) => name === model)?.runs ?? [];
  return runs.some((run) => run.framework === framework && run.backend === 'wasm' && run.outcome !== 'runs');
}

function fileOf({ framework, model }) {
  return join(options.out, `${framework}-${model}.json`);
}

async function measure(cell) {
  const { framework, model } = cell;
  if (existsSync(fileOf(cell)) || !isAsked(options.models, model) || !isAsked(options.frameworks, framework)) return;
  const { resolveModel } = await import('../dist/models/resolveModel.js');
  const { defaultCacheFolder } = await import('../dist/models/defaultCacheFolder.js');
  const { outputsOf, nativeOutputsOf, differenceOf, isSame } = await importTypeScript('test/wasm/rewrite/modelOutputs.ts');
  process.stderr.write(`${framework} ${model}\n`);
  const file = await resolveModel(model, { cacheFolder: defaultCacheFolder(process.env), format: frameworks[framework].format });
  try {
    const { shipped, fused, counted } = await outputsOf(framework, file);
    const native = framework === 'ort' ? await nativeOutputsOf(file) : null;
    const found = {
      ...cell,
      countedIsSame: isSame(counted, shipped),
      fused: differenceOf(fused, shipped),
      shippedNative: native && differenceOf(shipped, native),
      fusedNative: native && differenceOf(fused, native),
      errors: framework === 'ort' && IN_DOUBLES.includes(model) ? await errors(file, { shipped, fused, native }) : null,
    };
    writeFileSync(fileOf(cell), JSON.stringify(found));
  } catch (error) {
    writeFileSync(fileOf(cell), JSON.stringify({ ...cell, failed: error.message.split('\n')[0] }));
  }
}

async function errors(file, outputs) {
  const { outputsInDoubles, errorOf } = await importTypeScript('test/wasm/rewrite/inDoubles.ts');
  const truth = await outputsInDoubles(file);
  return Object.fromEntries(Object.entries(outputs).map(([id, each]) => [id, errorOf(each, truth)]));
}

function write() {
  const found = cells.filter((cell) => existsSync(fileOf(cell))).map((cell) => JSON.parse(readFileSync(fileOf(cell), 'utf8')));
  const done = found.filter(({ failed }) => failed === undefined);
  const small = (value) => (value === null ? '–' : value === 0 ? '0' : value.toExponential(1));
  const rows = done.map(({ framework, model, countedIsSame, fused, shippedNative, fusedNative, errors }) => [
    model,
    frameworks[framework].title,
    countedIsSame ? 'the same' : '**others**',
    small(fused),
    small(shippedNative),
    small(fusedNative),
    ...['shipped', 'fused', 'native'].map((id) => small(errors?.[id] ?? null)),
  ]);
  const head = ['model', 'framework', 'counted', 'fused – published', 'published – native', 'fused – native'];
  const truth = ['error: published', 'fused', 'native'];
  const failures = found.filter(({ failed }) => failed !== undefined);
  const notes = failures.map(({ model, framework, failed }) => `- ${model} in ${frameworks[framework].title}: ${failed}`);
  const text = [
    `${cpus()[0].model}; ${done.length} of ${cells.length} cells.`,
    table([...head, ...truth], rows),
    ...(notes.length > 0 ? [`Could not run:\n\n${notes.join('\n')}`] : []),
  ].join('\n\n');
  const [above, below] = readFileSync(DOCUMENT, 'utf8').split(MARKER);
  if (below === undefined) throw new Error(`${DOCUMENT} has no line ${MARKER}`);
  writeFileSync(DOCUMENT, `${above}${MARKER}\n\n${text}\n`);
  console.log(text);
}

function table(head, body) {
  return [head, head.map(() => '---'), ...body].map((line) => `| ${line.join(' | ')} |`).join('\n');
}
