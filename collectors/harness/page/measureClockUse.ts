/**
 * Runs an action, and leaves a user-timing measure from the first to the last reading of this realm's clock meanwhile. A
 * framework in Wasm reads the clock through the page, so the measure spans the framework's first and last reading. It places the
 * framework's profile, whose time origin is private, on the clock of a trace.
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
    // The method of the prototype is in force again.
    Reflect.deleteProperty(performance, 'now');
    if (start !== null) {
      performance.measure(name, { start, end });
      performance.clearMeasures(name);
    }
  }
}
