import { z } from 'zod';
import type { OperatorNode } from '../../src/bundle/operatorLog.js';
import { CollectError } from '../collectError.js';
import { addStretch, type FrameworkProfile, parseProfile } from './frameworkProfile.js';

const shapes = z.array(z.record(z.string(), z.array(z.number())));
const eventSchema = z.object({
  cat: z.string(),
  name: z.string(),
  /** µs since the start of the profile. */
  ts: z.number(),
  dur: z.number().nonnegative(),
  args: z
    .object({
      op_name: z.string().optional(),
      provider: z.string().optional(),
      input_type_shape: shapes.optional(),
      output_type_shape: shapes.optional(),
    })
    .default({}),
});

type Event = z.infer<typeof eventSchema>;

const TIMED = '_kernel_time';
const CPU = 'CPU';

/**
 * Reads a profile of ONNX Runtime: the operators of the last `predictions` runs, without the first runs (warm-ups). Each operator
 * counts once per run: events around it do not count, and of an operator with others inside (a loop) only its self time does.
 * The order of events separates the runs: on the host, a run's own event follows those of its operators. Events of the device,
 * which has its own clock, are split evenly, and any surplus belongs to the first run.
 * https://github.com/microsoft/onnxruntime/blob/main/onnxruntime/core/common/profiler.cc
 * @param recorded number of runs right before the predictions that were recorded; the result says when each operator ran in them
 * @throws CollectError if the text has another form, or contains another number of runs
 */
export function readOrtProfile(text: string, runs: number, predictions: number, recorded = 0): FrameworkProfile {
  const events = parseProfile(text, z.array(eventSchema), "ONNX Runtime's");
  const perRun = eventsOfRuns(events);
  if (perRun.length !== runs) throw new CollectError(`ONNX Runtime's profile holds ${perRun.length} runs, not ${runs}.`);
  const device = deviceTimes(events, runs, predictions);
  const nodes = new Map<string, OperatorNode>();
  const kept = perRun.slice(runs - predictions - recorded);
  for (const [place, { run, operators }] of kept.entries()) {
    for (const [i, selfUs] of selfTimesUs(operators).entries()) {
      const event = operators[i]!;
      const name = event.name.slice(0, -TIMED.length);
      const node = nodes.get(name) ?? newNode(name, event, predictions, device);
      nodes.set(name, node);
      if (place >= recorded) node.hostMs[place - recorded]! += selfUs / 1000;
      else addStretch(node, place, (event.ts - run.ts) / 1000, event.dur / 1000);
    }
  }
  const watched = kept.slice(0, recorded);
  const startMs = watched.map(({ run }) => (run.ts - watched[0]!.run.ts) / 1000);
  return { nodes: [...nodes.values()], runs: { startMs, ms: watched.map(({ run }) => run.dur / 1000) } };
}

/** Each run with the events of its operators. Events after the last run are left out. */
function eventsOfRuns(events: readonly Event[]): { readonly run: Event; readonly operators: readonly Event[] }[] {
  const runs: { run: Event; operators: Event[] }[] = [];
  let operators: Event[] = [];
  for (const event of events) {
    if (event.cat === 'Node' && event.name.endsWith(TIMED)) operators.push(event);
    else if (event.cat === 'Session' && event.name === 'model_run') {
      runs.push({ run: event, operators });
      operators = [];
    }
  }
  return runs;
}

/**
 * Device times by operator, ms per prediction; null if the device reported none. The WebGPU provider names them
 * `<operator>&<type>&<program>`.
 */
function deviceTimes(events: readonly Event[], runs: number, predictions: number): Map<string, number[]> | null {
  const programs = new Map<string, number[]>();
  for (const { cat, name, dur } of events) {
    const parts = name.split('&');
    if (cat !== 'Api' || parts.length < 3) continue;
    const operator = parts.slice(0, -2).join('&');
    programs.set(operator, [...(programs.get(operator) ?? []), dur / 1000]);
  }
  if (programs.size === 0) return null;
  return new Map(
    [...programs].map(([operator, timesMs]) => {
      const each = Math.floor(timesMs.length / runs);
      const last = timesMs.slice(timesMs.length - each * predictions);
      const sum = (prediction: number): number =>
        last.slice(prediction * each, (prediction + 1) * each).reduce((total, ms) => total + ms, 0);
      return [operator, Array.from({ length: predictions }, (_, prediction) => (each === 0 ? 0 : sum(prediction)))];
    }),
  );
}

/** On a device that reports times, an operator without programs took no device time. */
function newNode(name: string, { args }: Event, predictions: number, device: Map<string, number[]> | null): OperatorNode {
  const provider = (args.provider ?? '').replace(/ExecutionProvider$/, '');
  const none = (): number[] => new Array<number>(predictions).fill(0);
  return {
    name,
    operator: args.op_name ?? '',
    provider,
    inputs: shapesOf(args.input_type_shape),
    outputs: shapesOf(args.output_type_shape),
    inputTypes: typesOf(args.input_type_shape),
    outputTypes: typesOf(args.output_type_shape),
    hostMs: none(),
    deviceMs: device === null || provider === CPU ? null : (device.get(name) ?? none()),
    stretches: null,
  };
}

const shapesOf = (given: z.infer<typeof shapes> = []): number[][] => given.flatMap((typed) => Object.values(typed));
const typesOf = (given: z.infer<typeof shapes> = []): string[] => given.flatMap((typed) => Object.keys(typed));

/**
 * Self time of each event, µs, in the given order: its duration without the events inside it. Events of one thread are nested or
 * disjoint.
 */
function selfTimesUs(events: readonly { readonly ts: number; readonly dur: number }[]): number[] {
  const selfUs = events.map(({ dur }) => dur);
  const order = events.map((_, i) => i).sort((a, b) => events[a]!.ts - events[b]!.ts || events[b]!.dur - events[a]!.dur);
  const around: number[] = [];
  const endUs = (i: number): number => events[i]!.ts + events[i]!.dur;
  for (const i of order) {
    while (around.length > 0 && endUs(around.at(-1)!) <= events[i]!.ts) around.pop();
    const parent = around.at(-1);
    // Ends that cross are due to rounding to whole µs.
    if (parent !== undefined && endUs(i) <= endUs(parent)) selfUs[parent]! -= events[i]!.dur;
    around.push(i);
  }
  return selfUs.map((us) => Math.max(0, us));
}
