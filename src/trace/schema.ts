import type { TableSchema } from '../table/schema.js';

/**
 * The tables of one trace. Every column is declared here, once: its storage, its unit, what it means and what it joins to.
 * A `row of X` column holds the row number in table X, or -1 for none.
 *
 * Order of rows: processes and threads by their first event; slices, instants and samples by thread, then time (slices that begin
 * together: the longer first); asyncSlices, userTiming, frames, counters and flows by time; args by table, then row. What is equal keeps the order of
 * the trace.
 */
export const traceSchema = {
  processes: {
    pid: {
      type: 'u32',
      doc: 'process id; as the trace has it where that is a 32-bit number (-1 is 4294967295, "1" is 1; inside a sandbox it may be a namespace id), else a number from 4026531840 on that stands for it',
    },
    id: { type: 'dict', doc: 'process id as the trace writes it' },
    name: { type: 'dict', doc: 'process_name metadata: Browser, Renderer, GPU Process, …; empty if unnamed' },
    labels: { type: 'dict', doc: 'process_labels metadata (the page title of a renderer); empty if none' },
  },
  threads: {
    pid: { type: 'u32', doc: 'process id, as in processes' },
    tid: { type: 'u32', doc: 'thread id, numbered as process ids are; unique only within its process' },
    id: { type: 'dict', doc: 'thread id as the trace writes it' },
    name: { type: 'dict', doc: 'thread_name metadata: CrRendererMain, DedicatedWorker thread, …; empty if unnamed' },
    process: { type: 'i32', doc: 'row of processes' },
  },
  slices: {
    thread: { type: 'i32', doc: 'row of threads' },
    name: { type: 'dict', doc: 'event name' },
    category: { type: 'dict', doc: 'comma-separated categories, as in the trace' },
    startUs: { type: 'f64', doc: 'begin, µs on the trace clock' },
    durationUs: { type: 'f64', doc: 'wall time, µs; of an unclosed slice: until the end of the trace' },
    cpuUs: { type: 'f32', doc: 'thread CPU time (tdur), µs; NaN where the trace has none' },
    depth: { type: 'u16', doc: 'nesting level on its thread, 0 = outermost' },
    parent: { type: 'i32', doc: 'row of slices that encloses this one' },
    unclosed: { type: 'u8', doc: '1 if the trace holds no end for it' },
  },
  /** Points on an async line (n, and the older T and p) are rows of duration 0. */
  asyncSlices: {
    thread: { type: 'i32', doc: 'row of threads on which it began' },
    name: { type: 'dict', doc: 'event name' },
    category: { type: 'dict', doc: 'categories' },
    id: { type: 'dict', doc: 'id, id2.local (prefixed by pid) or id2.global, with scope; what paired begin and end' },
    startUs: { type: 'f64', doc: 'begin, µs' },
    durationUs: { type: 'f64', doc: 'wall time, µs; of an unclosed slice: until the end of the trace' },
    depth: { type: 'u16', doc: 'nesting level among the slices of the same category and id' },
    unclosed: { type: 'u8', doc: '1 if the trace holds no end for it' },
  },
  instants: {
    thread: { type: 'i32', doc: 'row of threads' },
    name: { type: 'dict', doc: 'event name' },
    category: { type: 'dict', doc: 'categories' },
    atUs: { type: 'f64', doc: 'time, µs' },
  },
  counters: {
    thread: { type: 'i32', doc: 'row of threads that emitted it' },
    name: { type: 'dict', doc: 'counter name' },
    series: { type: 'dict', doc: 'key inside args' },
    atUs: { type: 'f64', doc: 'time, µs' },
    value: { type: 'f64', doc: 'value; its unit is the counter’s' },
  },
  samples: {
    thread: { type: 'i32', doc: 'row of threads that was sampled' },
    atUs: { type: 'f64', doc: 'time of the sample, µs' },
    frame: { type: 'i32', doc: 'row of callFrames: the innermost frame; -1 if the profile has no such node' },
  },
  callFrames: {
    parent: { type: 'i32', doc: 'row of callFrames: the caller' },
    thread: { type: 'i32', doc: 'row of threads whose profile it belongs to' },
    function: {
      type: 'dict',
      doc: 'function name; (root), (program), (idle), (garbage collector) are V8’s own; of unnamed Wasm wasm-function[N]',
    },
    url: { type: 'dict', doc: 'script or module URL; empty for builtins' },
    codeType: { type: 'dict', doc: 'JS, wasm, other; empty where the trace does not say' },
    line: { type: 'i32', doc: 'line of the function, 0-based; -1 if not given' },
    column: {
      type: 'i32',
      doc: 'column of the function, 0-based; of Wasm: byte offset of the function in the module; -1 if not given',
    },
  },
  userTiming: {
    kind: { type: 'dict', doc: 'mark, measure (performance.*) or console (console.time, console.timeStamp)' },
    name: { type: 'dict', doc: 'name given by the page; untrusted text' },
    thread: { type: 'i32', doc: 'row of threads that made it' },
    startUs: { type: 'f64', doc: 'begin, µs' },
    durationUs: { type: 'f64', doc: 'wall time, µs; 0 of marks, and of console.timeStamp without a span' },
    cpuAtUs: {
      type: 'f64',
      doc: 'of marks: CPU time of the thread until then (tts), µs; NaN where the trace has none, and for the other kinds',
    },
    unclosed: { type: 'u8', doc: '1 if the trace holds no end for it (durationUs is then until the end of the trace)' },
  },
  /** Up to two rows report one vsync: what the compositor showed by itself, and what became of the main thread’s part. */
  frames: {
    pid: { type: 'u32', doc: 'process id of the compositor that reported it' },
    host: { type: 'f64', doc: 'layer tree that it shows: number of a tab or frame in its process; NaN if not reported' },
    source: { type: 'f64', doc: 'where its vsync came from (frame_source); NaN if not reported' },
    sequence: { type: 'f64', doc: 'number of the vsync within its source; NaN if not reported' },
    kind: {
      type: 'dict',
      doc: 'FORKED (the compositor’s part of a vsync that the main thread’s part follows), BACKFILL (a vsync that the compositor skipped); empty of all others',
    },
    startUs: { type: 'f64', doc: 'begin of the frame (PipelineReporter), µs' },
    durationUs: { type: 'f64', doc: 'until presented or dropped, µs' },
    state: {
      type: 'dict',
      doc: 'STATE_PRESENTED_ALL, STATE_PRESENTED_PARTIAL, STATE_DROPPED, STATE_NO_UPDATE_DESIRED; empty if not reported',
    },
    affectsSmoothness: { type: 'u8', doc: '1 if the frame was not smooth: dropped or shown in part where a viewer could notice' },
    mainAnimation: { type: 'u8', doc: '1 if an animation needed the main thread' },
    compositorAnimation: { type: 'u8', doc: '1 if the compositor animated by itself' },
    surfaceTraceId: {
      type: 'dict',
      doc: 'surface_frame_trace_id, which its input and its display have too; empty if not reported',
    },
  },
  flows: {
    name: { type: 'dict', doc: 'flow name, one of keptFlows' },
    fromThread: { type: 'i32', doc: 'row of threads that handed it over' },
    fromUs: { type: 'f64', doc: 'when, µs' },
    toThread: { type: 'i32', doc: 'row of threads that took it up' },
    toUs: { type: 'f64', doc: 'when, µs: inside the slice that it led to' },
  },
  args: {
    table: { type: 'dict', doc: 'slices, asyncSlices or instants: the table the row below is of' },
    row: { type: 'u32', doc: 'row of that table' },
    key: { type: 'dict', doc: 'path inside args, as in keptArgs: data.url, func_index, …' },
    text: { type: 'dict', doc: 'value as text' },
    number: { type: 'f64', doc: 'value as a number; NaN if it is none' },
  },
} as const satisfies Record<string, TableSchema>;
