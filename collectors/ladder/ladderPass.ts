import type { Manifest } from '../../src/bundle/manifest.js';
import { pageKey } from '../../src/bundle/pageKey.js';
import { PLAIN_PAGE, type RungPage } from '../../src/bundle/rungPage.js';
import { installCommand } from '../../src/findPackage.js';
import { indexModule } from '../../src/wasm/indexModule.js';
import { type FusedModule, fuseMultiplyAdd } from '../../src/wasm/rewrite/fuseMultiplyAdd.js';
import { frameworkLack } from '../frameworkPackages.js';
import { isGpuBackend } from '../frameworks.js';
import { rewrittenModules } from '../harness/rewrittenModules.js';
import type { HarnessServer, ServedPage } from '../harness/server.js';
import { contentOf, toldOf } from '../harness/subject.js';
import type { PassContext } from '../passContext.js';
import type { OpenPage } from './openRung.js';
import { type FusionCounts, type LadderOptions, runLadder, type Witness } from './runLadder.js';

/**
 * The ladder of a run, after its passes. Its last rung is the run as requested. If no ladder is possible, the record says so.
 * @param serve a further server of the same page, with another property
 */
export async function ladderPass(
  ladder: LadderOptions,
  context: PassContext,
  serve: (page: ServedPage) => Promise<HarnessServer>,
): Promise<void> {
  const { browser, server, options, workload, record, picked, progress, signal } = context;
  const { manifest } = record;
  const { baseline, backend, threads, simd } = options;
  const lack = ladderLack(context);
  if (lack !== null || !baseline) {
    const detail = `No ladder: ${lack}`;
    progress.note(detail);
    manifest.collectors.ladder = { outcome: 'unavailable', detail };
    return;
  }
  progress.step(`Ladder (seed ${ladder.seed})`);
  const fused = rewrittenModules((bytes) => fuseMultiplyAdd(indexModule(bytes)));
  const usual = { ...PLAIN_PAGE, isolated: options.isolated };
  const pages = new Map<string, OpenPage>([[pageKey(usual), { server, workload }]]);
  const open = async (page: RungPage): Promise<OpenPage> => {
    const known = pages.get(pageKey(page));
    if (known) return known;
    const { isolated, modules, build, session } = page;
    const witness = ladder.others.find((other): other is Witness => other.framework === page.framework && other.lack === null);
    const served = {
      isolated,
      ...(modules === 'fused' && { rewriteModule: fused.rewrite }),
      ...(witness && contentOf(witness)),
    };
    const opened = {
      server: await serve(served),
      workload: { ...workload, build, session, ...(witness && toldOf(witness)) },
    };
    pages.set(pageKey(page), opened);
    return opened;
  };
  const subject = {
    browser,
    page: open,
    framework: options.framework,
    backend,
    simd,
    freeDimensions: Object.keys(workload.freeDimensions).length,
    fusion: () => fusionOf([...fused.made.values()]),
    on: options.on,
    cores: manifest.machine.cores,
    // On the GPU this is the requested number of threads, since the Wasm side run uses it.
    threads: (isGpuBackend(backend) ? null : manifest.framework?.threads) ?? threads,
    // Without SIMD, TF.js has no threads, with or without isolation.
    threadsIfIsolated: options.isolated ? undefined : simd === false ? 1 : threads,
    native: { modelPath: baseline.path, inputs: baseline.inputs, gpu: picked.device },
    software: manifest.browser?.softwareRendering !== false,
  };
  const keep = async (measured: Manifest['ladder']): Promise<void> => {
    manifest.ladder = measured;
    await record.save();
  };
  await runLadder(ladder, subject, keep, progress, signal);
}

/** What was fused in all modules that a page asked for; null if it asked for none. */
function fusionOf(modules: readonly FusedModule[]): FusionCounts | null {
  if (modules.length === 0) return null;
  const sum = (part: (module: FusedModule) => number): number => modules.reduce((total, module) => total + part(module), 0);
  return {
    additions: sum(({ additions }) => additions),
    fused: sum(({ fused }) => fused),
    functions: sum(({ functions }) => functions),
  };
}

/** @returns why no ladder is possible; null if it is */
function ladderLack({ options, record, picked }: PassContext): string | null {
  if (!options.baseline || record.manifest.collectors.baseline?.outcome !== 'done') {
    return 'it begins with a native run in ONNX Runtime, and there is none.';
  }
  // Its probes of the machine run in ONNX Runtime Web, whatever the framework.
  const probes = frameworkLack('ort', ['wasm']);
  if (probes !== null) return `${probes.problem} Run "${installCommand(probes.install)}".`;
  if (isGpuBackend(options.backend) && picked.device.provider === 'cpu') {
    return 'beside a GPU backend it begins with native WebGPU, which cannot run here.';
  }
  return null;
}
