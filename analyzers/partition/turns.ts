import { lowerBound } from '../activity/search.js';
import { clip, firstEndingAfter, type Span, subtract, union } from '../activity/spans.js';
import type { Window } from '../activity/window.js';

/** Whose turn it is on a thread on which several inferences are open. */
export interface Turn {
  /** The one that the thread works for; null where nothing tells. */
  readonly of: Window | null;
  /** False between two tasks, where a thread without work waits for something else. */
  readonly inTask: boolean;
}

/** A call of a GPU API, and the window that it is for. */
export interface CallFor {
  readonly atUs: number;
  readonly window: Window;
}

type Stretch = Omit<Span<unknown>, 'value'>;

/** Edges that another thread or a hook measured may be off by this much, µs. */
const EDGE_US = 1000;
/** A task or call that is shorter than this part of the longest one is no inference by itself. */
const SMALL = 0.1;

/**
 * Tells whose turn it is while inferences overlap on one thread. The thread does one thing at a time, so one of them computes and
 * the others wait. Tasks are cut where inferences begin and end. A piece of a task, or a call into Wasm, belongs to the first of
 * these that there is:
 * 1. the only inference that is open during all of it;
 * 2. the only one for which it calls a GPU API;
 * 3. the first one that ends in that task, as its work comes before its end;
 * 4. the one that the task began with;
 * 5. the one that is first to end of those that have no work yet, if as many pieces are left as inferences have none: calls that
 *    nothing interrupts leave no other way.
 * The rest is not known, as the steps of inferences that take turns look alike.
 * @param windows of one thread, by begin
 * @param tasks of the thread that may be of an inference, by time, without overlap
 * @param calls outermost calls into Wasm on the thread, by time, without overlap; empty if they were not recorded
 * @param asked calls of GPU APIs of which it is known for which window they are, by time
 * @returns by time, without overlap: the time in which at least two of the windows are open
 */
export function turns(
  windows: readonly Window[],
  tasks: readonly Stretch[],
  calls: readonly Stretch[] = [],
  asked: readonly CallFor[] = [],
): Span<Turn>[] {
  const atUs = asked.map((call) => call.atUs);
  const askedIn = ({ startUs, endUs }: Stretch): Window | null => {
    const [from, to] = [lowerBound(atUs, startUs), lowerBound(atUs, endUs)];
    const first = asked[from]?.window;
    return first && from < to && asked.slice(from, to).every(({ window }) => window === first) ? first : null;
  };
  return clusters(windows).flatMap((cluster) => turnsIn(cluster, tasks, calls, askedIn));
}

/** Windows that overlap, or are linked by others that do; two at least. */
function clusters(windows: readonly Window[]): Window[][] {
  const found: Window[][] = [];
  let endUs = Number.NEGATIVE_INFINITY;
  for (const window of windows) {
    if (window.startUs < endUs) found.at(-1)!.push(window);
    else found.push([window]);
    endUs = Math.max(endUs, window.endUs);
  }
  return found.filter(({ length }) => length > 1);
}

/** A piece of a task in which no window begins or ends, or a call. */
interface Piece extends Stretch {
  /** The task that it is in. */
  readonly task: Stretch;
  readonly isCall: boolean;
}

function turnsIn(
  windows: readonly Window[],
  tasks: readonly Stretch[],
  calls: readonly Stretch[],
  askedIn: (piece: Stretch) => Window | null,
): Span<Turn>[] {
  const pieces = piecesOf(windows, tasks, calls);
  const open = openDuring(windows, pieces);
  const owners = pieces.map(
    (piece, i) => onlyOpen(open[i]!) ?? askedIn(piece) ?? (piece.isCall ? null : byTask(piece, open[i]!)),
  );
  inOrder(windows, pieces, open, owners);
  pieces.forEach((piece, i) => {
    owners[i] ??= piece.isCall ? byTask(piece, open[i]!) : null;
  });
  const known = pieces.map(({ startUs, endUs }, i): Span<Turn> => ({ startUs, endUs, value: { of: owners[i]!, inTask: true } }));
  const shared = sharedTime(windows);
  const between = subtract(shared, known).map((span): Span<Turn> => ({ ...span, value: { of: null, inTask: false } }));
  const inside = shared.flatMap(({ startUs, endUs }) => clip(known, startUs, endUs));
  return [...inside, ...between].sort((a, b) => a.startUs - b.startUs);
}

/** When at least two of the windows are open. */
function sharedTime(windows: readonly Window[]): Span<null>[] {
  const shared: Stretch[] = [];
  let openUntilUs = Number.NEGATIVE_INFINITY;
  for (const { startUs, endUs } of windows) {
    if (startUs < openUntilUs) shared.push({ startUs, endUs: Math.min(endUs, openUntilUs) });
    openUntilUs = Math.max(openUntilUs, endUs);
  }
  return union(shared);
}

function large<T extends Stretch>(stretches: readonly T[]): T[] {
  const longestUs = stretches.reduce((longest, { startUs, endUs }) => Math.max(longest, endUs - startUs), 0);
  return stretches.filter(({ startUs, endUs }) => endUs - startUs >= SMALL * longestUs);
}

function piecesOf(windows: readonly Window[], tasks: readonly Stretch[], calls: readonly Stretch[]): Piece[] {
  const startUs = windows[0]!.startUs;
  const endUs = windows.reduce((last, window) => Math.max(last, window.endUs), startUs);
  const within = (all: readonly Stretch[]): Stretch[] => {
    const found: Stretch[] = [];
    for (let i = firstEndingAfter(all, startUs); i < all.length && all[i]!.startUs < endUs; i++) found.push(all[i]!);
    return found;
  };
  // What another thread measured does not begin and end where this one's code does.
  const edgesUs = windows.filter(isOfThread).flatMap((window) => [window.startUs, window.endUs]);
  edgesUs.sort((a, b) => a - b);
  const called = large(within(calls)).map((call): Span<null> => ({ startUs: call.startUs, endUs: call.endUs, value: null }));
  const pieces: Piece[] = [];
  for (const task of within(tasks)) {
    for (const call of clip(called, task.startUs, task.endUs)) pieces.push({ ...call, task, isCall: true });
    const cuts = [task.startUs, ...edgesUs.slice(lowerBound(edgesUs, task.startUs), lowerBound(edgesUs, task.endUs)), task.endUs];
    for (let i = 1; i < cuts.length; i++) {
      if (!(cuts[i - 1]! < cuts[i]!)) continue;
      const piece = { startUs: cuts[i - 1]!, endUs: cuts[i]!, value: task };
      const rest = subtract([piece], clip(called, piece.startUs, piece.endUs));
      for (const { startUs, endUs } of rest) pieces.push({ startUs, endUs, task, isCall: false });
    }
  }
  return pieces.sort((a, b) => a.startUs - b.startUs);
}

const isOfThread = ({ measuredOn, thread }: Window): boolean => (measuredOn ?? thread) === thread;

/** Per piece, the windows that are open during all of it. */
function openDuring(windows: readonly Window[], pieces: readonly Piece[]): Window[][] {
  let next = 0;
  let begun: Window[] = [];
  return pieces.map((piece) => {
    begun = begun.filter(({ endUs }) => endUs > piece.startUs);
    for (; next < windows.length && windows[next]!.startUs - EDGE_US <= piece.startUs; next++) begun.push(windows[next]!);
    return begun.filter((window) => {
      const { startUs, endUs } = piece.isCall || isOfThread(window) ? piece : piece.task;
      const edgeUs = !piece.isCall && isOfThread(window) ? 0 : EDGE_US;
      return window.startUs - edgeUs <= startUs && endUs <= window.endUs + edgeUs;
    });
  });
}

const onlyOpen = (open: readonly Window[]): Window | null => (open.length === 1 ? open[0]! : null);

/** The window that a piece belongs to by those that end and begin in its task. */
function byTask({ startUs, task }: Piece, open: readonly Window[]): Window | null {
  const here = open.filter(isOfThread);
  const ending = here.filter(({ endUs }) => endUs <= task.endUs);
  if (ending.length > 0) return firstToEnd(ending);
  const begun = here.filter((window) => task.startUs <= window.startUs && window.startUs <= startUs);
  const [only] = begun;
  return only && begun.length === 1 && only.startUs - task.startUs <= EDGE_US ? only : null;
}

const firstToEnd = (windows: readonly Window[]): Window =>
  windows.reduce((first, each) => (each.endUs < first.endUs ? each : first));

/** Hands the pieces that are left to the windows that have no work yet, if there is one for each. */
function inOrder(
  windows: readonly Window[],
  pieces: readonly Piece[],
  open: readonly (readonly Window[])[],
  owners: (Window | null)[],
): void {
  const isLarge = new Set(large(pieces));
  const idle = new Set(windows);
  pieces.forEach((piece, i) => {
    const owner = owners[i];
    if (owner && isLarge.has(piece)) idle.delete(owner);
  });
  const left = pieces.flatMap((piece, i) => (owners[i] === null && isLarge.has(piece) ? [i] : []));
  if (left.length !== idle.size) return;
  const taken = new Map<number, Window>();
  for (const i of left) {
    const waiting = open[i]!.filter((window) => idle.has(window));
    if (waiting.length === 0) return;
    const owner = firstToEnd(waiting);
    idle.delete(owner);
    taken.set(i, owner);
  }
  for (const [i, owner] of taken) owners[i] = owner;
}
