import type { CauseTime } from '../../../analyzers/analysis.js';
import type { Screen } from './screen.js';

/** Fillings that differ without colour, dense first; causes beyond them share the last. */
const FILLINGS = ['█', '▓', '▒', '░', '▚', '▞', '·'] as const;

/** The filling of the cause at this place of the partition, painted by its family. */
export function causeFilling(cause: CauseTime, place: number, { paint }: Screen): (count: number) => string {
  const filling = cause.id === 'unattributed' ? '·' : FILLINGS[Math.min(place, FILLINGS.length - 2)]!;
  const family = cause.id.split('.')[0];
  const colours = { isa: paint.blue, runtime: paint.yellow, contention: paint.magenta, gpu: paint.green } as const;
  const colour =
    family === 'isa' || family === 'runtime' || family === 'contention' || family === 'gpu' ? colours[family] : paint.gray;
  return (count) => (count > 0 ? colour(filling.repeat(count)) : '');
}

/** One row of so many columns, split among the causes by share; what rounds to nothing is left out. */
export function causeBar(causes: readonly CauseTime[], columns: number, screen: Screen): string {
  let sum = 0;
  let drawn = 0;
  let bar = '';
  for (const [place, cause] of causes.entries()) {
    sum += Math.max(0, cause.share) || 0;
    const until = Math.min(columns, Math.round(sum * columns));
    bar += causeFilling(cause, place, screen)(until - drawn);
    drawn = Math.max(drawn, until);
  }
  return bar;
}
