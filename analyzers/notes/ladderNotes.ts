import type { Manifest } from '../../src/bundle/manifest.js';
import { enoughReplicates } from '../../src/stats/enoughReplicates.js';
import type { Note } from '../note.js';

/** What a ladder had no time for, or could not take. */
export function ladderNotes(ladder: NonNullable<Manifest['ladder']>): Note[] {
  const list: Note[] = [];
  const add = (level: Note['level'], id: string, text: string): number => list.push({ id, level, text });
  const replicates = ladder.replicates.length;
  if (replicates > 0 && !enoughReplicates(replicates)) {
    add(
      'warning',
      'ladder-few-replicates',
      `The ladder had time for ${replicates} of the 3 replicates that its intervals need: they are too narrow. Give it a larger --budget.`,
    );
  }
  if (replicates > 0) {
    const ran = (id: string): boolean => ladder.replicates.some(({ rounds }) => rounds[0]!.some(({ rung }) => rung === id));
    const sides = ladder.rungs.filter(({ side }) => side);
    if (sides.length > 0 && !sides.some(({ id }) => ran(id))) {
      add(
        'lack',
        'ladder-nothing-beside',
        'The ladder’s budget had no time for the runs beside it, so how the page scales with threads is unknown. Give it a larger --budget.',
      );
    }
  }
  const capped = ladder.rungs.filter(
    // Without SIMD there are no threads: that is what the rung is about.
    ({ side, simd, threads, threadsTaken }) => side && simd !== false && threadsTaken !== null && threadsTaken < threads,
  );
  if (capped.length > 0) {
    const asked = capped.map(({ threads, threadsTaken }) => `${threadsTaken} of ${threads}`).join(', ');
    add(
      'lack',
      'ladder-threads-capped',
      `The page took fewer threads than the ladder gave it (${asked}), so scaling leaves these out.`,
    );
  }
  return list;
}
