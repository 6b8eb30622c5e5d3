import type { Trace } from '../../src/trace/trace.js';
import type { Activity } from '../activity/callStacks.js';
import { clip, type Span, union } from '../activity/spans.js';
import { frameSpans, type ThreadSpans } from '../activity/threadSpans.js';
import { threadLabel } from '../activity/threads.js';
import type { SampledFunction } from '../activity/wasmFunctions.js';
import { type CauseId, causeIds, causes } from '../partition/causes/index.js';
import type { SplitWindow } from '../partition/splitWindows.js';

/** A function on the call stacks of some windows, with all moments that have the same callers. Names are untrusted text. */
export interface CallNode {
  readonly name: string;
  /** `state`: no function, but what the thread did or waited for. `thread`: of another thread, which the window waited for. */
  readonly kind: 'root' | 'wasm' | 'js' | 'builtin' | 'state' | 'thread';
  /** URL of its script or module; null for all else. */
  readonly url: string | null;
  /** Where the function begins in a script, 1-based as in DevTools; null if not known. */
  readonly line: number | null;
  readonly column: number | null;
  /** What time in itself counts for. Null where it has none that could: V8's own frames, threads, the root. */
  readonly cause: CauseId | null;
  /** Time in itself, and with all that it calls, in all windows together, µs. */
  selfUs: number;
  totalUs: number;
  readonly children: Map<string, CallNode>;
}

/** What the call stacks of windows are made of. */
export interface Stacks {
  readonly trace: Trace;
  readonly activities: readonly Activity[];
  /** Per row of callFrames: its Wasm function, or null. */
  readonly functions: readonly (SampledFunction | null)[];
  /** What the threads did, by row of threads. */
  readonly threads: ReadonlyMap<number, ThreadSpans>;
  readonly sampledEveryUs: number | null;
}

/**
 * The call stacks of some windows as one tree from the outermost function down. Time is that of the partition: each moment belongs to
 * the stack that was sampled around it, and to the cause that the partition has for it. What the partition takes from a cause, such
 * as time without a core, is taken from its stacks in proportion. So the root's time is that of the windows, and the times of all
 * nodes in themselves sum by cause to the partition's.
 */
export function callTree(windows: readonly SplitWindow[], stacks: Stacks): CallNode {
  const root = node('all', { kind: 'root' });
  const stretches = union(windows.map(({ window }) => window));
  const framesOf = memo((thread: number): readonly Span<number>[] => {
    const tasks = stacks.threads.get(thread)?.tasks ?? [];
    return frameSpans(stacks.trace, thread, stacks.activities, stretches, tasks, stacks.sampledEveryUs);
  });
  const place = placer(root, stacks);
  for (const each of windows) addWindow(each, stacks, framesOf, place);
  return root;
}

/** Adds time that belongs to a call stack, or to none (-1), and to a cause. */
type Place = (thread: { readonly row: number; readonly isOther: boolean }, frame: number, cause: CauseId, us: number) => void;

function addWindow(
  { window, path, split }: SplitWindow,
  stacks: Stacks,
  framesOf: (thread: number) => readonly Span<number>[],
  place: Place,
): void {
  const onPath = sums(path);
  const owner = { row: window.thread, isOther: false };
  const others = helpers(window.thread, path, stacks);
  for (const span of path) {
    const kept = Math.min(1, split[span.value] / onPath[span.value]);
    if (!(kept > 0)) continue;
    const other = others.length === 0 || isOwn(span, window.thread, stacks) ? null : helperAt(span, others);
    const thread = other === null ? owner : { row: other, isOther: true };
    let atUs = span.startUs;
    for (const { startUs, endUs, value: frame } of clip(framesOf(thread.row), span.startUs, span.endUs)) {
      if (startUs > atUs) place(thread, -1, span.value, (startUs - atUs) * kept);
      place(thread, frame, span.value, (endUs - startUs) * kept);
      atUs = endUs;
    }
    if (span.endUs > atUs) place(thread, -1, span.value, (span.endUs - atUs) * kept);
  }
  for (const id of causeIds) {
    const beyondUs = split[id] - onPath[id];
    if (beyondUs > 0) place(owner, -1, id, beyondUs);
  }
}

function sums(path: readonly Span<CauseId>[]): Record<CauseId, number> {
  const split = Object.fromEntries(causeIds.map((id) => [id, 0])) as Record<CauseId, number>;
  for (const { startUs, endUs, value } of path) split[value] += endUs - startUs;
  return split;
}

/** Whether a stretch of the path is what the owner itself did, or what nobody knows. */
function isOwn(span: Span<CauseId>, owner: number, { threads }: Stacks): boolean {
  if (span.value === 'unattributed') return true;
  const activity = threads.get(owner)?.activity ?? [];
  return clip(activity, span.startUs, span.endUs).some(({ value }) => value === span.value);
}

/** Other threads that the path may lead over, most of it first. */
function helpers(owner: number, path: readonly Span<CauseId>[], stacks: Stacks): (readonly [number, ThreadSpans])[] {
  const away = path.filter((span) => !isOwn(span, owner, stacks));
  if (away.length === 0) return [];
  return [...stacks.threads]
    .filter(([thread]) => thread !== owner)
    .map((each) => [each, away.reduce((sum, span) => sum + sharedUs(span, each[1]), 0)] as const)
    .filter(([, us]) => us > 0)
    .sort((a, b) => b[1] - a[1])
    .map(([each]) => each);
}

function sharedUs({ startUs, endUs, value }: Span<CauseId>, { activity }: ThreadSpans): number {
  const same = clip(activity, startUs, endUs).filter((each) => each.value === value);
  return same.reduce((sum, each) => sum + each.endUs - each.startUs, 0);
}

const helperAt = (span: Span<CauseId>, others: readonly (readonly [number, ThreadSpans])[]): number | null =>
  others.find(([, spans]) => sharedUs(span, spans) > 0)?.[0] ?? null;

/** V8's own root, which every stack begins with, and its frames that tell no function. */
const ROOT = '(root)';
const ENGINE = new Set([ROOT, '(idle)', '(program)', '(garbage collector)']);

function placer(root: CallNode, stacks: Stacks): Place {
  const { trace, activities } = stacks;
  const { columns } = trace.tables.callFrames;
  const stackOf = stackNodes(stacks);
  return ({ row, isOther }, frame, cause, us) => {
    if (!(us > 0)) return;
    const top = isOther ? childOf(root, `thread ${row}`, () => node(threadLabel(trace, row), { kind: 'thread' })) : root;
    // A frame of V8's own that is not the cause says nothing of it.
    const isTold = frame >= 0 && (activities[frame] === cause || !ENGINE.has(columns.function.at(frame)));
    const stack = isTold ? stackOf(top, frame) : [];
    const around = stack.at(-1) ?? top;
    const innermost =
      isTold && activities[frame] === cause && stack.length > 0
        ? []
        : [childOf(around, `cause ${cause}`, () => node(causes[cause].title, { kind: 'state', cause }))];
    const nodes = [root, ...(isOther ? [top] : []), ...stack, ...innermost];
    for (const each of nodes) each.totalUs += us;
    nodes.at(-1)!.selfUs += us;
  };
}

/** Returns the nodes of a call stack below another node, outermost first. */
function stackNodes({ trace, activities, functions }: Stacks): (top: CallNode, innermost: number) => readonly CallNode[] {
  const { columns } = trace.tables.callFrames;
  const known = new Map<CallNode, Map<number, readonly CallNode[]>>();
  return (top, innermost) => {
    const before = known.get(top) ?? new Map<number, readonly CallNode[]>();
    known.set(top, before);
    const found = before.get(innermost);
    if (found) return found;
    // No recursion: a call stack may be as deep as the profile has frames.
    const rows: number[] = [];
    for (let row = innermost; row >= 0; row = columns.parent[row]!) if (columns.function.at(row) !== ROOT) rows.push(row);
    const path: CallNode[] = [];
    let around = top;
    for (const row of rows.reverse()) {
      const [url, wasm, activity] = [columns.url.at(row), functions[row] ?? null, activities[row]];
      const key = `${columns.function.at(row)} ${columns.line[row]} ${columns.column[row]} ${url} ${activity}`;
      around = childOf(around, key, () =>
        node(wasm?.name || columns.function.at(row) || '(anonymous)', {
          kind: wasm ? 'wasm' : url === '' ? 'builtin' : 'js',
          url: url || null,
          line: wasm ? null : oneBased(columns.line[row]!),
          column: wasm ? null : oneBased(columns.column[row]!),
          cause: activity === undefined || activity === 'idle' ? null : activity,
        }),
      );
      path.push(around);
    }
    before.set(innermost, path);
    return path;
  };
}

const node = (name: string, more: Partial<CallNode>): CallNode => ({
  ...{ name, kind: 'state', url: null, line: null, column: null, cause: null, selfUs: 0, totalUs: 0, children: new Map() },
  ...more,
});

function childOf(around: CallNode, key: string, made: () => CallNode): CallNode {
  const known = around.children.get(key);
  if (known) return known;
  const child = made();
  around.children.set(key, child);
  return child;
}

const oneBased = (value: number): number | null => (value < 0 ? null : value + 1);

function memo<Key, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    if (!known.has(key)) known.set(key, compute(key));
    return known.get(key)!;
  };
}
