import { chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findBrowser } from '../../collectors/browser/findBrowser.js';
import { type Manifest, manifestSchema } from '../../src/bundle/manifest.js';
import { temporaryFolder } from '../models/temporaryFolder.js';
import { BRIEFLY, type Ended, runTrace } from './runTrace.js';

const browser = findBrowser();
const LIMIT_MS = 110_000;
const ITERATIONS = 30;

async function readManifest(bundle: string): Promise<Manifest | null> {
  try {
    return manifestSchema.parse(JSON.parse(await readFile(join(bundle, 'run.json'), 'utf8')));
  } catch {
    return null;
  }
}

/** Runs `trace collect`, and kills the GPU process of its browser once the bundle says that it is time. */
async function collectWithLoss(args: readonly string[], isTime: (manifest: Manifest) => boolean) {
  const bundle = join(await temporaryFolder(), 'bundle');
  let collector: number | undefined;
  let killed = false;
  let busy = false;
  const poll = setInterval(async () => {
    if (busy || killed || collector === undefined) return;
    busy = true;
    const manifest = await readManifest(bundle);
    if (manifest && isTime(manifest)) {
      const gpu = await gpuProcessOf(collector);
      if (gpu !== null) {
        process.kill(gpu, 'SIGKILL');
        killed = true;
      }
    }
    busy = false;
  }, 100);
  try {
    const ended = await runTrace(
      ['collect', '--model', 'tiny-operators', '--iterations', String(ITERATIONS), ...BRIEFLY, ...args, '--out', bundle],
      {
        limitMs: LIMIT_MS,
        onStderr: (_, { pid }) => {
          collector = pid;
        },
      },
    );
    expect({ killed, stderr: ended.stderr }).toMatchObject({ killed: true });
    return { ended, manifest: await readManifest(bundle) };
  } finally {
    clearInterval(poll);
  }
}

function expectOneClearMessage({ code, signal, stdout, stderr }: Ended): void {
  expect({ code, signal, stdout }).toEqual({ code: 1, signal: null, stdout: '' });
  expect(stderr).not.toMatch(/^\s+at /m);
}

describe.skipIf(!browser || process.platform !== 'linux')(
  'a GPU that is lost ends the run with a message and what was measured (skipped without a browser, or on other systems than Linux)',
  () => {
    test('WebGPU, in the timing pass, where ONNX Runtime would wait forever', async () => {
      const { ended, manifest } = await collectWithLoss(
        ['--framework', 'ort', '--backend', 'webgpu'],
        ({ timingPass }) => timingPass.rounds.length > 0,
      );
      expectOneClearMessage(ended);
      expect(ended.stderr).toMatch(
        /trace: The WebGPU device was lost during (set-up|the warm-up|a prediction) of tiny-operators/,
      );
      expect(ended.stderr).toMatch(/try smaller inputs, --backend wasm or --backend webgl, or a newer driver/);
      expect(ended.stderr).toMatch(/is marked incomplete\. It holds \d+ timed predictions/);
      expect(manifest).toMatchObject({ status: 'incomplete', reason: expect.stringContaining('was lost during') });
    });

    test('WebGL, in the trace pass, where TF.js would go on with zeros', { tags: ['slow'] }, async () => {
      const { ended, manifest } = await collectWithLoss(['--framework', 'tfjs', '--backend', 'webgl'], ({ phases }) =>
        phases!.some(({ pass, phase }) => pass === 'trace' && phase === 'warm-up'),
      );
      expectOneClearMessage(ended);
      expect(ended.stderr).toContain('trace: The WebGL context was lost during a prediction of tiny-operators');
      expect(manifest).toMatchObject({ status: 'incomplete', trace: expect.anything() });
      expect(manifest!.tracePass.iterationsMs.length).toBeLessThan(ITERATIONS);
      expect(ended.stderr).toMatch(/It holds \d+ timed predictions, a trace with \d+ predictions/);
    });

    const title = 'a browser without %s says so before anything is measured';
    test.each([['webgpu', 'no WebGPU adapter', '']])(title, saysSo);
    const WITHOUT_3D = '--disable-gpu --disable-software-rasterizer --disable-3d-apis';
    test.each([['webgl', 'no WebGL 2 context', WITHOUT_3D]])(title, { tags: ['slow'] }, saysSo);

    async function saysSo(backend: string, lack: string, more: string): Promise<void> {
      const folder = await temporaryFolder();
      const { code, stdout, stderr } = await runTrace(
        ['collect', '--model', 'tiny-operators', '--backend', backend, '--out', join(folder, 'bundle')],
        { env: { INFERSCOPE_CHROME: await browserWithoutGpu(folder, more) } },
      );
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toContain(
        `This browser gives ${lack}, so onnxruntime-web cannot run tiny-operators with --backend ${backend}.`,
      );
      expect(stderr).toContain('Try --backend wasm');
      expect(stderr).toContain('The browser’s GPU process says:');
      expect(stderr).toContain('no bundle was left');
      expect(stderr).not.toMatch(/^\s+at /m);
    }
  },
);

/** The GPU process of the browser that a process started, however far it is from it; null if there is none. */
async function gpuProcessOf(ancestor: number): Promise<number | null> {
  const found = await Promise.all(
    (await readdir('/proc'))
      .filter((name) => /^\d+$/.test(name))
      .map(async (name) => {
        try {
          const [stat, command] = await Promise.all([
            readFile(`/proc/${name}/stat`, 'utf8'),
            readFile(`/proc/${name}/cmdline`, 'utf8'),
          ]);
          // The name before it, in brackets, may hold spaces.
          const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
          return [{ pid: Number(name), parent, command }];
        } catch {
          return [];
        }
      }),
  );
  const parents = new Map(found.flat().map(({ pid, parent }) => [pid, parent]));
  const isBelow = (pid: number | undefined): boolean => pid !== undefined && (pid === ancestor || isBelow(parents.get(pid)));
  return found.flat().find(({ pid, command }) => command.includes('--type=gpu-process') && isBelow(pid))?.pid ?? null;
}

/** A script that starts the browser without the switches that make a GPU of the CPU. */
async function browserWithoutGpu(folder: string, more: string): Promise<string> {
  const path = join(folder, 'browser');
  await writeFile(
    path,
    `#!/bin/bash
kept=()
for given in "$@"; do
  case "$given" in
    --use-webgpu-adapter=* | --enable-unsafe-swiftshader | --enable-unsafe-webgpu | --use-angle=* | --enable-features=Vulkan) ;;
    *) kept+=("$given") ;;
  esac
done
exec '${browser!.executable}' "\${kept[@]}" ${more}
`,
  );
  await chmod(path, 0o755);
  return path;
}
