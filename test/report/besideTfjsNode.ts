import type { Analysis } from '../../analyzers/index.js';

/** The same, with tfjs-node as another native run beside its gap. */
export function besideTfjsNode(analysis: Analysis): Analysis {
  const baseline = 'tfjs-node 4.22.0, CPU, given 1 thread';
  const other = { baseline, nativeMs: 17.4, nativeCi95Ms: [17, 17.9], ratio: 2.99, ratioCi95: [2.9, 3.1] } as const;
  return { ...analysis, gap: analysis.gap && { ...analysis.gap, others: [other] } };
}
