import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { mean, median } from 'simple-statistics';
import { openWorkload } from './openWorkload.mjs';

// What SIMD and threads contribute on the Wasm backend, beside the ablation of the study. Every configuration runs in a browser of its
// own, in interleaved rounds of random order, over several replicates: the machinery of the ladder. Needs dist/ (npm run build).
//     npm run bench ablation -- [--model resnet50] [--budget 6m] [--threads 2] [--seed 1] [--write docs/ablation.md]

const { values: options } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: {
    model: { type: 'string', default: 'resnet50' },
    budget: { type: 'string', default: '6m' },
    threads: { type: 'string', default: String(cpus().length) },
    seed: { type: 'string', default: '1' },
    write: { type: 'string' },
  },
});
const dist = (path) => import(`../dist/${path}`);
const { climbLadder } = await dist('collectors/ladder/climbLadder.js');
const { parseDuration } = await dist('src/cli/parseOptions.js');
const { studentInterval } = await dist('src/stats/studentInterval.js');

const threads = Number(options.threads);
/**
 * What ships: TF.js has no threads without SIMD, onnxruntime-web no module without SIMD. `study` is ResNet50 in the study's public
 * results, ms, with 4 threads where it has threads.
 */
const configurations = [
  { id: 'tfjs-plain', framework: 'tfjs', title: 'TF.js, plain', simd: false, threads: 1, study: 1710 },
  { id: 'tfjs-simd', framework: 'tfjs', title: 'TF.js, SIMD', simd: true, threads: 1, study: 540 },
  { id: 'tfjs-both', framework: 'tfjs', title: `TF.js, SIMD and ${threads} threads`, simd: true, threads, study: 301 },
  { id: 'ort-simd', framework: 'ort', title: 'ORT, SIMD', simd: true, threads: 1, study: 358 },
  { id: 'ort-both', framework: 'ort', title: `ORT, SIMD and ${threads} threads`, simd: true, threads, study: 172 },
];
/** Pairs one factor apart: what the first becomes when the factor is added. */
const steps = [
  { title: 'TF.js: SIMD', from: 'tfjs-plain', to: 'tfjs-simd' },
  { title: 'TF.js: threads, beside SIMD', from: 'tfjs-simd', to: 'tfjs-both' },
  { title: 'TF.js: both', from: 'tfjs-plain', to: 'tfjs-both' },
  { title: 'ORT: threads, beside SIMD', from: 'ort-simd', to: 'ort-both' },
];

let product = '';
let model = '';
async function open({ framework, simd, threads: count }) {
  const opened = await openWorkload({ framework, model: options.model, threads: count, simd, seed: Number(options.seed) });
  try {
    product = opened.browser.version();
    model = opened.title;
    const session = await opened.openHarness();
    await session.open('worker', opened.workload);
    const { threads: taken } = await session.setup();
    if (taken !== count) throw new Error(`${framework} took ${taken} threads instead of ${count}.`);
    return { predict: (many) => session.predict(many), close: () => opened.close() };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

const replicates = [];
const climb = {
  rungs: configurations,
  budgetMs: parseDuration('--budget', options.budget),
  seed: Number(options.seed),
  open,
  keep: async (replicate) => void replicates.push(replicate),
  enough: () => false,
};
const progress = { step() {}, note: console.error, advance: (_, text) => process.stderr.write(`${text}\n`), end() {} };
await climbLadder(climb, progress);

/** Medians per replicate. */
const latencies = (id) =>
  replicates.map(({ rounds }) => median(rounds.flatMap((round) => round.flatMap(({ rung, ms }) => (rung === id ? ms : [])))));
const interval = ([low, high], digits) => `[${low.toFixed(digits)}, ${high.toFixed(digits)}]`;
const isStudied = options.model === 'resnet50';
const studied = (id) => configurations.find((each) => each.id === id).study;
const rows = configurations.map(({ id, title, study }) => {
  const ms = latencies(id);
  return [title, `${mean(ms).toFixed(1)} ${interval(studentInterval(ms), 1)}`, ...(isStudied ? [String(study)] : [])];
});
const cuts = steps.map(({ title, from, to }) => {
  const before = latencies(from);
  const logs = latencies(to).map((ms, i) => Math.log(ms / before[i]));
  const ratio = Math.exp(mean(logs));
  const [low, high] = studentInterval(logs).map(Math.exp);
  const theirs = isStudied ? [`×${(studied(to) / studied(from)).toFixed(2)}`] : [];
  return [title, `×${ratio.toFixed(2)} ${interval([low, high], 2)}`, ...theirs];
});
const table = (head, body) => [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
const theirs = isStudied ? ['study, ms'] : [];
const text = `## ${model}

${cpus()[0].model}, ${cpus().length} cores, Chrome ${product}, ${new Date().toISOString().slice(0, 10)}; ${replicates.length} replicates in ${options.budget}, seed ${options.seed}.

${table(['configuration', 'prediction, ms [95 %]', ...theirs], rows)}

${table(['factor added', 'time left [95 %]', ...(isStudied ? ['study'] : [])], cuts)}
`;
console.log(text);
if (options.write) writeFileSync(options.write, text);
