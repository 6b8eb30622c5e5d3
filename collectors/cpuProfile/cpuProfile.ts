import { z } from 'zod';

const integer = z.number().int();

/**
 * What `Profiler.stop` gives: a call tree, and samples of it. Times are µs of the system's monotonic clock, which is the trace's;
 * lines and columns are 0-based, -1 where there are none; of a Wasm function the column is its byte offset in the module.
 * https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#type-Profile
 */
export const cpuProfileSchema = z.object({
  nodes: z.array(
    z.object({
      id: integer,
      callFrame: z.object({
        functionName: z.string(),
        scriptId: z.string(),
        url: z.string(),
        lineNumber: integer,
        columnNumber: integer,
      }),
      children: z.array(integer).default([]),
    }),
  ),
  startTime: z.number(),
  endTime: z.number(),
  samples: z.array(integer).default([]),
  timeDeltas: z.array(z.number()).default([]),
});

export type CpuProfile = z.infer<typeof cpuProfileSchema>;
export type CallFrame = CpuProfile['nodes'][number]['callFrame'];

const OWN = new Set(['(root)', '(program)', '(idle)', '(garbage collector)']);
/** Adapters that V8 generates between JavaScript and Wasm; those with a signature behind are Wasm to it. */
const ADAPTER = /^(wasm-to-js|js-to-wasm|wasm-to-capi|c-wasm-entry):/;

/**
 * The kind of code that a function is, in the words of Chrome's traces, which the Profiler domain leaves out. Wasm is what comes from a
 * module: by the scheme of modules that were not streamed, or by the address of one that was.
 * @param moduleUrls addresses of modules that were streamed
 */
export function codeType({ functionName, url }: CallFrame, moduleUrls: ReadonlySet<string>): 'JS' | 'wasm' | 'other' {
  if (url === '') {
    if (OWN.has(functionName)) return 'other';
    return ADAPTER.test(functionName) ? 'wasm' : 'JS';
  }
  return isWasm({ functionName, url }) || moduleUrls.has(url) ? 'wasm' : 'JS';
}

/** Whether a function is Wasm by itself, without knowing the modules. */
export function isWasm({ functionName, url }: Pick<CallFrame, 'functionName' | 'url'>): boolean {
  return url.startsWith('wasm://') || /^wasm-function\[\d+\]$/.test(functionName);
}
