import { cp, link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findPackage } from '../../../src/findPackage.js';
import { indexModule } from '../../../src/wasm/indexModule.js';
import { type Edit, readBody, writeBody } from '../../../src/wasm/rewrite/functionBody.js';
import { writeModule } from '../../../src/wasm/rewrite/writeModule.js';

/** Makes files of a build slow, in its folder `dist`. */
export type Slow = (dist: string) => Promise<void>;

const SCRIPT = 'ort.wasm.min.mjs';
const MODULE = 'ort-wasm-simd-threaded.wasm';
const NEEDED = [SCRIPT, MODULE, 'ort-wasm-simd-threaded.mjs'];

/**
 * Copies of the installed onnxruntime-web, one a version; files that are not changed are links to it.
 * @param slow from the version `from` on
 */
export async function plantBuilds(folder: string, versions: readonly string[], from: string, slow: Slow): Promise<void> {
  const installed = findPackage('onnxruntime-web')!.folder;
  const changed = join(folder, '.slow');
  await mkdir(changed, { recursive: true });
  for (const name of NEEDED) await cp(join(installed, 'dist', name), join(changed, name));
  await slow(changed);
  for (const [place, version] of versions.entries()) {
    const dist = join(folder, version, 'dist');
    await mkdir(dist, { recursive: true });
    await cp(join(installed, 'package.json'), join(folder, version, 'package.json'));
    const source = place >= versions.indexOf(from) ? changed : join(installed, 'dist');
    for (const name of await readdir(changed)) await linked(join(source, name), join(dist, name));
  }
  await rm(changed, { recursive: true });
}

/** A link where both are on one file system. */
const linked = (from: string, to: string): Promise<void> => link(from, to).catch(() => cp(from, to));

/** Each run of a session first does nothing for so long, in the framework's own script. */
export const slowScript = (ms: number): Slow =>
  afterScript(
    (session) => `
const plantedRun=${session}.prototype.run;
${session}.prototype.run=function plantedWork(...given){const endMs=performance.now()+${ms};let sum=0;while(performance.now()<endMs)sum++;return plantedRun.apply(this,given)};
`,
  );

/** From the first session on a thread of the page keeps a core busy. */
export const busyThread: Slow = afterScript(
  (session) => `
const plantedCreate=${session}.create;
let plantedThread;
${session}.create=function(...given){plantedThread??=new Worker(URL.createObjectURL(new Blob(['for(;;);'],{type:'text/javascript'})));return plantedCreate.apply(this,given)};
`,
);

/** Adds code to the framework's script, given the name of its class of sessions in there. */
function afterScript(code: (session: string) => string): Slow {
  return async (dist) => {
    const path = join(dist, SCRIPT);
    const text = await readFile(path, 'utf8');
    const [, session] = /(\w+) as InferenceSession\b/.exec(text) ?? [];
    if (session === undefined) throw new Error(`${SCRIPT} exports no InferenceSession`);
    await writeFile(path, text + code(session));
  };
}

/** Each turn of an innermost loop that multiplies vectors also takes some square roots, one after the other. */
export const slowKernels =
  (roots: number): Slow =>
  async (dist) => {
    const path = join(dist, MODULE);
    const module = indexModule(new Uint8Array(await readFile(path)));
    // The root of what lies at address 0, which is 0 and stays so.
    const work = [0x41, 0, 0x41, 0, 0x2b, 3, 0, ...Array<number>(roots).fill(0x9f), 0x39, 3, 0];
    const bodies = new Map<number, Uint8Array>();
    for (let defined = 0; defined < module.bodyStart.length; defined++) {
      const body = readBody(module, module.importedFunctions + defined);
      const edits = multiplyingLoops(body.operators).map((at): Edit => ({ at, end: at, bytes: work }));
      if (edits.length > 0) bodies.set(defined, writeBody(module, body, edits, 0));
    }
    await writeFile(path, writeModule(module, { bodies }));
  };

/** Where the innermost loops begin that multiply vectors. */
function multiplyingLoops(operators: ReturnType<typeof readBody>['operators']): number[] {
  const open: { readonly at: number | null; multiplies: boolean; holds: boolean }[] = [];
  const found: number[] = [];
  for (const { name, end } of operators) {
    if (name === 'loop') {
      for (const each of open) each.holds = true;
      open.push({ at: end, multiplies: false, holds: false });
    } else if (name === 'block' || name === 'if' || name === 'try' || name === 'try_table') {
      open.push({ at: null, multiplies: false, holds: false });
    } else if (name === 'f32x4.mul') {
      for (const each of open) each.multiplies = true;
    } else if (name === 'end' || name === 'delegate') {
      const closed = open.pop();
      if (closed?.at != null && closed.multiplies && !closed.holds) found.push(closed.at);
    }
  }
  return found;
}
