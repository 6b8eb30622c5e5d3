import type { Manifest } from '../src/bundle/manifest.js';
import type { OtherBaseline } from './analysis.js';
import { nativeRatio } from './nativeRatio.js';

/** Other native runs of the timing pass, beside the one that the gap is against: tfjs-node, beside an ONNX twin. */
export function otherBaselines({ timingPass, collectors, framework }: Manifest): readonly OtherBaseline[] {
  const measured = nativeRatio(timingPass.rounds, ({ tfjsNodeMs }) => tfjsNodeMs ?? []);
  if (!measured) return [];
  const { nativeMs, nativeCi95Ms, ratio, ratioCi95 } = measured;
  const { tfjsNode } = collectors;
  const runtime = tfjsNode?.outcome === 'done' ? tfjsNode.detail : 'tfjs-node, CPU';
  const threads = framework?.threads;
  const given = threads === undefined ? '' : `, given ${threads} thread${threads === 1 ? '' : 's'}`;
  return [{ baseline: `${runtime}${given}`, nativeMs, nativeCi95Ms, ratio, ratioCi95 }];
}
