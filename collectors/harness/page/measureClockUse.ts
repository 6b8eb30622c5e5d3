/**
 * Runs an action, and leaves as a user-timing measure from when to when this realm's clock was read meanwhile. A framework in Wasm reads it through
 * the page, so the measure is the framework's own first and last moment in the action: by it, times of the framework's profile, whose zero it
 * keeps to itself, have their place on the clock of a trace.
 */
export async function measureClockUse<T>(name: string, action: () => Promise<T>): Promise<T> {
  const { now } = performance;
  let start: number | null = null;
  let end = 0;
  performance.now = () => {
    end = now.call(performance);
    start ??= end;
    return end;
  };
  try {
    return await action();
  } finally {
    // What stands on its prototype is in force again.
    Reflect.deleteProperty(performance, 'now');
    if (start !== null) {
      performance.measure(name, { start, end });
      performance.clearMeasures(name);
    }
  }
}
