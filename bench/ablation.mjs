import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { mean, median } from 'simple-statistics';

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
const { frameworks } = await dist('collectors/frameworks.js');
const { launchBrowser } = await dist('collectors/browser/launchBrowser.js');
const { browserFacts } = await dist('collectors/browser/browserFacts.js');
const { serveHarness } = await dist('collectors/harness/server.js');
const { openHarness } = await dist('collectors/harness/session.js');
const { defaultCacheFolder } = await dist('models/defaultCacheFolder.js');
const { modelFeeds } = await dist('models/modelFeeds.js');
const { resolveModel } = await dist('models/resolveModel.js');
const { parseDuration } = await dist('src/cli/parseDuration.js');
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
  { id: 'ort-simd', framework: 'ort', title: 'ORT, SIMD', simd: null, threads: 1, study: 358 },
  { id: 'ort-both', framework: 'ort', title: `ORT, SIMD and ${threads} threads`, simd: null, threads, study: 172 },
];
/** Pairs one factor apart: what the first becomes when the factor is added. */
const steps = [
  { title: 'TF.js: SIMD', from: 'tfjs-plain', to: 'tfjs-simd' },
  { title: 'TF.js: threads, beside SIMD', from: 'tfjs-simd', to: 'tfjs-both' },
  { title: 'TF.js: both', from: 'tfjs-plain', to: 'tfjs-both' },
  { title: 'ORT: threads, beside SIMD', from: 'ort-simd', to: 'ort-both' },
];

const aborter = new AbortController();
process.once('SIGINT', () => aborter.abort('Ctrl-C'));
const servers = {};
for (const [id, { format, folders }] of Object.entries(frameworks)) {
  const file = await resolveModel(options.model, { cacheFolder: defaultCacheFolder(process.env), format });
  const { inputs } = modelFeeds(file, [], Number(options.seed));
  servers[id] = {
    inputs,
    externalData: file.externalData.map(({ location }) => location),
    title: file.title,
    server: await serveHarness({
      modelPath: file.path,
      externalData: file.externalData,
      inputs: inputs.map(({ bytes }) => bytes),
      frameworkFolders: folders(),
      scriptFolder: join(import.meta.dirname, '../dist/browser'),
      isolated: true,
    }),
  };
}

let product = '';
async function open({ framework, simd, threads: count }) {
  const launched = await launchBrowser();
  try {
    ({ product } = await browserFacts(launched));
    const { server, inputs, externalData } = servers[framework];
    const session = await openHarness(launched.browser, server, aborter.signal);
    await session.open('worker', {
      runId: 'ablation',
      framework,
      backend: 'wasm',
      threads: count,
      simd,
      inputs: inputs.map(({ spec }) => spec),
      externalData,
      captureModules: false,
    });
    const { threads: taken } = await session.setup();
    if (taken !== count) throw new Error(`${framework} took ${taken} threads instead of ${count}.`);
    return { predict: (many) => session.predict(many), close: () => launched.browser.close() };
  } catch (error) {
    await launched.browser.close();
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
try {
  await climbLadder(climb, progress);
} finally {
  for (const { server } of Object.values(servers)) await server.close();
}

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
const text = `## ${servers.tfjs.title}

${cpus()[0].model}, ${cpus().length} cores, ${product}, ${new Date().toISOString().slice(0, 10)}; ${replicates.length} replicates in ${options.budget}, seed ${options.seed}.

${table(['configuration', 'prediction, ms [95 %]', ...theirs], rows)}

${table(['factor added', 'time left [95 %]', ...(isStudied ? ['study'] : [])], cuts)}
`;
console.log(text);
if (options.write) writeFileSync(options.write, text);
