/** Which prediction the harness has just begun, by the mark that it leaves: the number of an iteration, or the phase before those. */
export function predictionNow(): number | 'warm-up' | 'settling' {
  const [, phase, index] = /:(warm-up|settling|iteration):(\d+):start$/.exec(performance.getEntriesByType('mark').at(-1)!.name)!;
  return phase === 'iteration' ? Number(index) : (phase as 'warm-up' | 'settling');
}
