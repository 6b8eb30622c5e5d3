import { mean } from 'simple-statistics';
import { typicalOf } from '../stats/typical.js';
import type { Compare, ProcessFigures } from './compare.js';

type Round = Compare['rounds'][number];
type Window = ProcessFigures['windows'][number];

/** A window with the means of several: its causes sum to its length. */
export type MeanWindow = Window;

/**
 * The mean traced window of each side of a round. Where windows took turns it is that of the typical turns, the same for both, so that what
 * else happened to the machine happened to both; else of the typical windows of each.
 * @returns null where a side has none
 */
export function meanWindows({ a, b, tracedTurns }: Round): { readonly a: MeanWindow; readonly b: MeanWindow } | null {
  if (a.windows.length === 0 || b.windows.length === 0) return null;
  const turns = inTurns(a.windows, b.windows, tracedTurns);
  if (turns === null) return { a: meanOf(typicalOf(a.windows, ({ ms }) => ms)), b: meanOf(typicalOf(b.windows, ({ ms }) => ms)) };
  const typical = typicalOf(turns, (turn) => turn.a.ms + turn.b.ms);
  return { a: meanOf(typical.map((turn) => turn.a)), b: meanOf(typical.map((turn) => turn.b)) };
}

/** The mean windows of each turn; null where windows are missing, as of a trace that lost some. */
function inTurns(a: readonly Window[], b: readonly Window[], turns: Round['tracedTurns']) {
  const count = (side: 'a' | 'b'): number => turns.reduce((sum, turn) => sum + turn[side], 0);
  if (turns.length === 0 || count('a') !== a.length || count('b') !== b.length) return null;
  const from = { a: 0, b: 0 };
  const take = (windows: readonly Window[], side: 'a' | 'b', many: number): MeanWindow => {
    const begin = from[side];
    from[side] += many;
    return meanOf(windows.slice(begin, begin + many));
  };
  return turns.map((turn) => ({ a: take(a, 'a', turn.a), b: take(b, 'b', turn.b) }));
}

function meanOf(windows: readonly Window[]): MeanWindow {
  const ids = [...new Set(windows.flatMap(({ causesMs }) => Object.keys(causesMs)))];
  return {
    ms: mean(windows.map(({ ms }) => ms)),
    causesMs: Object.fromEntries(ids.map((id) => [id, mean(windows.map(({ causesMs }) => causesMs[id] ?? 0))])),
  };
}
