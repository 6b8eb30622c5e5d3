/** One run of the ladder, one factor apart from the one below it. */
export interface Rung {
  /** Id of the effect that the step from the rung below measures; `native` is the bottom. Stable: it appears in `--json`. */
  readonly id: string;
  readonly runtime: 'native' | 'browser';
  readonly threads: number;
  readonly on: 'worker' | 'main';
  /** Switches for V8 that take a factor away. */
  readonly v8Flags: readonly string[];
  /** Whether the threads of the framework's pool poll while they wait. */
  readonly spinning: boolean;
}

export interface LadderRun {
  readonly threads: number;
  readonly on: 'worker' | 'main';
  readonly cores: number;
  /** Whether the framework can be told not to spin. */
  readonly canStopSpinning: boolean;
}

/** A factor that a switch of V8 takes away. */
const SWITCHES = [
  { id: 'runtime.bounds', flag: '--no-wasm-bounds-checks' },
  { id: 'runtime.stack', flag: '--no-wasm-stack-checks' },
  { id: 'runtime.tier', flag: '--no-liftoff' },
] as const;

/**
 * The CPU ladder, bottom first: native with all cores; native with the browser's threads; the browser with every factor taken
 * away that can be; then one factor given back at a time, until it is the browser as it comes; then the page as used. Each step's
 * difference is one effect, and all of them sum to the gap by construction.
 */
export function rungsOf({ threads, on, cores, canStopSpinning }: LadderRun): Rung[] {
  const stopsSpinning = canStopSpinning && threads > 1;
  const native = (id: string, count: number): Rung => ({
    id,
    runtime: 'native',
    threads: count,
    on: 'worker',
    v8Flags: [],
    spinning: true,
  });
  const browser = (id: string, v8Flags: readonly string[], spinning: boolean): Rung => ({
    id,
    runtime: 'browser',
    threads,
    on: 'worker',
    v8Flags,
    spinning,
  });

  const rungs = [native('native', Math.max(cores, threads))];
  if (threads < cores) rungs.push(native('threads', threads));
  rungs.push(
    browser(
      'isa+library',
      SWITCHES.map(({ flag }) => flag),
      !stopsSpinning,
    ),
  );
  for (let i = SWITCHES.length - 1; i >= 0; i--) {
    rungs.push(
      browser(
        SWITCHES[i]!.id,
        SWITCHES.slice(0, i).map(({ flag }) => flag),
        !stopsSpinning,
      ),
    );
  }
  if (stopsSpinning) rungs.push(browser('contention.spin', [], true));
  if (on === 'main') rungs.push({ ...rungs.at(-1)!, id: 'contention.page', on });
  return rungs;
}
