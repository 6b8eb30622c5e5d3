/**
 * Of each event what is not of events inside it, µs, in the given order. Events of one thread: two of them are one inside the other, or apart.
 */
export function selfTimesUs(events: readonly { readonly ts: number; readonly dur: number }[]): number[] {
  const selfUs = events.map(({ dur }) => dur);
  const order = events.map((_, i) => i).sort((a, b) => events[a]!.ts - events[b]!.ts || events[b]!.dur - events[a]!.dur);
  const around: number[] = [];
  const endUs = (i: number): number => events[i]!.ts + events[i]!.dur;
  for (const i of order) {
    while (around.length > 0 && endUs(around.at(-1)!) <= events[i]!.ts) around.pop();
    const parent = around.at(-1);
    // Ends that cross are of rounding to whole µs.
    if (parent !== undefined && endUs(i) <= endUs(parent)) selfUs[parent]! -= events[i]!.dur;
    around.push(i);
  }
  return selfUs.map((us) => Math.max(0, us));
}
