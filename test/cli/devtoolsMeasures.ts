export interface Measure {
  readonly name: string;
  readonly startUs: number;
  readonly endUs: number;
}

/** What is used of @paulirish/trace_engine, the engine of DevTools' Performance panel. Its own types need DevTools' globals. */
interface TraceEngine {
  readonly TraceModel: {
    readonly Model: {
      createWithAllHandlers(): {
        parse(events: readonly object[]): Promise<void>;
        parsedTrace(): {
          data: { UserTimings: { performanceMeasures: readonly { name: string; ts: number; dur: number }[] } };
        } | null;
      };
    };
  };
}

/**
 * The user-timing measures that DevTools' own engine finds in a trace, by when they begin.
 * @param trace the whole file's JSON
 * @throws whatever the engine throws at a trace that it cannot read
 */
export async function devtoolsMeasures(trace: string): Promise<readonly Measure[]> {
  // The engine is written for pages; its layout handlers make rectangles.
  const page = globalThis as unknown as Record<string, unknown>;
  page.window ??= globalThis;
  page.DOMRect ??= class {
    constructor(
      readonly x: number,
      readonly y: number,
      readonly width: number,
      readonly height: number,
    ) {}
  };
  const name: string = '@paulirish/trace_engine';
  const engine: TraceEngine = await import(name);
  const model = engine.TraceModel.Model.createWithAllHandlers();
  await model.parse(JSON.parse(trace).traceEvents);
  const measures = model.parsedTrace()!.data.UserTimings.performanceMeasures;
  return measures.map(({ name, ts, dur }) => ({ name, startUs: ts, endUs: ts + dur })).sort((a, b) => a.startUs - b.startUs);
}
