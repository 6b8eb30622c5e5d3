interface NaiveEvent {
  readonly ph: string;
  readonly name?: string;
  readonly pid?: number | string;
  readonly tid?: number | string;
  readonly id?: string;
  readonly ts?: number | string;
  readonly cat?: string;
  readonly args?: {
    readonly data?: {
      readonly startTime?: number;
      readonly timeDeltas?: readonly number[];
      readonly cpuProfile?: { readonly samples?: readonly number[]; readonly nodes?: readonly { readonly id: number }[] };
    };
  };
}

/** What a trace holds, in numbers that the reader must agree with. */
export interface NaiveTrace {
  readonly events: number;
  readonly slices: number;
  readonly asyncSlices: number;
  readonly instants: number;
  readonly sampleTimesUs: readonly number[];
  readonly nodes: number;
  readonly sliceNames: Readonly<Record<string, number>>;
}

/** The plainest reading of a trace, by JSON.parse and objects: slow, large, and hard to get wrong. */
export function naiveTrace(text: string): NaiveTrace {
  const events = parse(text);
  const ofPhase = (phases: string) => events.filter(({ ph }) => phases.includes(ph));
  const sliceNames: Record<string, number> = {};
  for (const { name = '' } of ofPhase('XB')) sliceNames[name] = (sliceNames[name] ?? 0) + 1;
  const starts = new Map<string, number>();
  const sampleTimesUs: number[] = [];
  let nodes = 0;
  for (const { name, pid, id, args } of ofPhase('P')) {
    const key = `${pid} ${id}`;
    const { startTime, cpuProfile, timeDeltas = [] } = args?.data ?? {};
    if (name === 'Profile') starts.set(key, startTime!);
    nodes += cpuProfile?.nodes?.length ?? 0;
    for (const i of (cpuProfile?.samples ?? []).keys()) {
      starts.set(key, starts.get(key)! + (timeDeltas[i] ?? 0));
      sampleTimesUs.push(starts.get(key)!);
    }
  }
  return {
    events: events.length,
    slices: ofPhase('XB').length,
    asyncSlices: ofPhase('bnSTp').length,
    instants: ofPhase('IiR').length,
    sampleTimesUs: sampleTimesUs.sort((a, b) => a - b),
    nodes,
    sliceNames,
  };
}

/** A bare array may lack its end. */
function parse(text: string): NaiveEvent[] {
  try {
    const json = JSON.parse(text);
    return Array.isArray(json) ? json : json.traceEvents;
  } catch {
    return JSON.parse(`${text.trimEnd().replace(/,$/, '')}]`);
  }
}
