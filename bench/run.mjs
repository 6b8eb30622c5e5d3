import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

// npm run bench -- [readTrace] [--from RECORDED | --trace LARGE] [--megabytes 200] [--rounds 7]
//     Without --from or --trace: the largest of the recorded traces, repeated.
// npm run bench -- observerEffect | attachEffect | schedSampler | ablation | studyTables | openReport | rewritten | counterfactuals | predictions |
// compareGate:
// see there.
const benches = [
  'readTrace',
  'observerEffect',
  'attachEffect',
  'schedSampler',
  'ablation',
  'studyTables',
  'openReport',
  'rewritten',
  'counterfactuals',
  'predictions',
  'compareGate',
];
const isNamed = process.argv[2] !== undefined && !process.argv[2].startsWith('-');
const [name] = isNamed ? process.argv.splice(2, 1) : ['readTrace'];
if (!benches.includes(name)) {
  console.error(`There is no bench "${name}"; there are ${benches.join(', ')}.`);
  process.exit(2);
}
const recorded = join(import.meta.dirname, '../traces/recorded');
const given = process.argv.some((argument) => argument.startsWith('--from') || argument.startsWith('--trace'));
if (name === 'readTrace' && !given && existsSync(recorded)) {
  const traces = readdirSync(recorded, { recursive: true })
    .map((path) => join(recorded, path))
    .filter((path) => /trace\.json(\.gz)?$/.test(path));
  const [largest] = traces.sort((a, b) => statSync(b).size - statSync(a).size);
  if (largest) process.argv.push('--from', largest);
}
await import(`./${name}.mjs`);
