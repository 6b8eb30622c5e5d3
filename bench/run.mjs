import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

// npm run bench -- [--from RECORDED | --trace LARGE] [--megabytes 200] [--rounds 7]
// Without --from or --trace: the largest of the recorded traces, repeated.
const recorded = join(import.meta.dirname, '../traces/recorded');
const given = process.argv.some((argument) => argument.startsWith('--from') || argument.startsWith('--trace'));
if (!given && existsSync(recorded)) {
  const traces = readdirSync(recorded, { recursive: true })
    .map((name) => join(recorded, name))
    .filter((path) => /trace\.json(\.gz)?$/.test(path));
  const [largest] = traces.sort((a, b) => statSync(b).size - statSync(a).size);
  if (largest) process.argv.push('--from', largest);
}
await import('./readTrace.mjs');
