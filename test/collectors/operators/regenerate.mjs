// Records profiles of this folder and of test/analyzers/operators anew: node test/collectors/operators/regenerate.mjs [name]…
// Needs a built dist/ and a browser. Afterwards: npx biome format --write on what was written.
// Those of ONNX Runtime beside this script (profile.*.json), whose times the tests name, are not among them.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openWorkload } from '../../../bench/openWorkload.mjs';

const recordings = {
  'tfjs.mobilenet-v2': { framework: 'tfjs', model: 'mobilenet-v2', path: 'tfjs.mobilenet-v2.json' },
  'mobilenet-v2.wasm': { framework: 'ort', model: 'mobilenet-v2', path: '../../analyzers/operators/mobilenet-v2.wasm.json' },
  'resnet50.wasm': { framework: 'ort', model: 'resnet50', path: '../../analyzers/operators/resnet50.wasm.json' },
};

/** What of a profile is kept: one prediction, and of ONNX Runtime's the operators and the run. */
const cut = {
  tfjs: ({ device, runs }) => ({ device, runs: runs.slice(-1) }),
  ort: (events) => events.filter(({ cat, name }) => name === 'model_run' || (cat === 'Node' && name.endsWith('_kernel_time'))),
};

const chosen = process.argv.slice(2);
for (const [name, { framework, model, path }] of Object.entries(recordings)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  const opened = await openWorkload({ framework, model, threads: 1 });
  try {
    const session = await opened.openHarness();
    await session.open('worker', { ...opened.workload, profileOperators: true });
    await session.setup();
    // Of TF.js only the last is kept: by then its code has been optimized.
    await session.predict(framework === 'tfjs' ? 10 : 1);
    writeFileSync(join(import.meta.dirname, path), JSON.stringify(cut[framework](JSON.parse(await session.profile()))));
    await session.close();
  } finally {
    await opened.close();
  }
}
