import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { z } from 'zod';
import type { FrameworkId } from '../../collectors/frameworks.js';
import { bundlePage } from './bundlePage.js';
import type { GpuPlan } from './gpu/gpuPlan.js';
import { MEASURED_PATH, type Plan } from './plan.js';
import { type Recorded, record } from './record.js';
import { startSlowServer } from './slowServer.js';

export interface PlanOptions {
  readonly on: 'worker' | 'main';
  readonly v8Flags: readonly string[];
  readonly advance?: (done: number) => void;
  readonly beside?: (browser: Browser) => Promise<void>;
  /** Wasm modules by file name, served as a framework's; what they execute is counted. */
  readonly counted?: Readonly<Record<string, Uint8Array>>;
}

export interface RecordedPlan extends Recorded {
  /** What the page measured around the plant in the warm-up and in each iteration, ms. */
  readonly warmupMs: number;
  readonly measuredMs: readonly number[];
}

/** Runs a plan in the test's own page: `plantedGpu` where it is one for the GPU. */
export async function recordPlan(
  plan: Plan | GpuPlan,
  { on, v8Flags, advance, beside, counted = {} }: PlanOptions,
): Promise<RecordedPlan> {
  const folder = await mkdtemp(join(tmpdir(), 'inferscope-plan-'));
  const slow = await startSlowServer();
  try {
    await bundlePage(folder);
    for (const [file, bytes] of Object.entries(counted)) await writeFile(join(folder, file), bytes);
    const path = join(folder, 'plan.json');
    const text = JSON.stringify({ ...plan, slowServer: slow.url } satisfies Plan | GpuPlan);
    await writeFile(path, text);
    const recorded = await record(
      {
        content: {
          modelPath: path,
          externalData: [],
          inputs: [],
          frameworkFolders: { planted: folder },
          scriptFolder: folder,
          isolated: true,
        },
        options: {
          // No framework of the product's, and it need not know: here it is only a name in the manifest.
          framework: ('backend' in plan ? 'plantedGpu' : 'planted') as FrameworkId,
          backend: 'backend' in plan ? plan.backend : plan.withGpu ? 'webgl' : 'wasm',
          on,
          threads: 1,
          inputs: [],
          model: {
            name: plan.plant,
            title: plan.plant,
            path,
            bytes: text.length,
            sha256: createHash('sha256').update(text).digest('hex'),
            externalData: [],
          },
        },
        v8Flags,
        iterations: plan.iterations,
        counts: Object.keys(counted).length > 0,
        ...(advance ? { advance } : {}),
        ...(beside ? { beside } : {}),
      },
      MEASURED_PATH,
    );
    const all = z.array(z.number().nonnegative()).parse(JSON.parse(new TextDecoder().decode(recorded.posted ?? undefined)));
    return { ...recorded, warmupMs: all[0]!, measuredMs: all.slice(1) };
  } finally {
    await slow.close();
    await rm(folder, { recursive: true, force: true });
  }
}
