import { expect, test } from 'vitest';
import { type FrameworkId, frameworkIds, frameworks } from '../../../collectors/frameworks.js';
import { defaultCacheFolder } from '../../../models/defaultCacheFolder.js';
import { models } from '../../../models/index.js';
import { resolveModel } from '../../../models/resolveModel.js';
import { tried } from '../../../models/tried.js';
import { differenceOf, isSame, nativeOutputsOf, outputsOf } from './modelOutputs.js';

/**
 * Up to here rounding once where the module rounds twice changes nothing that counts, as a part of the largest value. Some models move
 * further: there it may be no more than the module as published is from native code already, which rounds in another order. See
 * docs/rewritten.md, where outputs are compared with those computed in doubles.
 */
const ROUNDING = 1e-5;

const cells = models.flatMap(({ name, formats }) =>
  frameworkIds.flatMap((framework): [FrameworkId, string][] => {
    const runs = tried.models.find((model) => model.name === name)?.runs ?? [];
    const fails = runs.some((run) => run.framework === framework && run.backend === 'wasm' && run.outcome !== 'runs');
    return formats.includes(frameworks[framework].format) && !fails ? [[framework, name]] : [];
  }),
);

test.each(cells)(
  '%s %s gives the same where it is counted, and where it is fused but for rounding',
  { tags: ['slow'] },
  async (framework, name) => {
    const model = await resolveModel(name, {
      cacheFolder: defaultCacheFolder(process.env),
      format: frameworks[framework].format,
    });
    const { shipped, fused, counted } = await outputsOf(framework, model);
    expect(isSame(counted, shipped)).toBe(true);
    const difference = differenceOf(fused, shipped);
    if (difference <= ROUNDING || model.format !== 'onnx') return void expect(difference).toBeLessThanOrEqual(ROUNDING);
    expect(difference).toBeLessThanOrEqual(differenceOf(shipped, await nativeOutputsOf(model)));
  },
);
