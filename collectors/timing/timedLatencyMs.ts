import { median } from 'simple-statistics';
import type { Manifest } from '../../src/bundle/manifest.js';

/** Median latency of the timed predictions so far, ms, 0 if there are none: passes that come later are made as long and as fine as it asks for. */
export function timedLatencyMs({ timingPass }: Pick<Manifest, 'timingPass'>): number {
  const timedMs = timingPass.rounds.flatMap(({ browserMs }) => browserMs);
  return timedMs.length === 0 ? 0 : median(timedMs);
}
