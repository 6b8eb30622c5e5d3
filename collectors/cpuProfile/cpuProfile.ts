import { z } from 'zod';

const integer = z.number().int();

/**
 * The result of `Profiler.stop`: a call tree, and samples of it. Times are µs of the system's monotonic clock, which the trace
 * uses too. Lines and columns are 0-based, -1 if missing; the column of a Wasm function is its byte offset in the module.
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
/** Names of the adapters that V8 generates between JavaScript and Wasm. V8 counts those followed by a signature as Wasm. */
const ADAPTER = /^(wasm-to-js|js-to-wasm|wasm-to-capi|c-wasm-entry):/;

/**
 * The kind of code of a function, in the terms of Chrome's traces; the Profiler domain leaves it out. Wasm functions come from a
 * module: the URL has the scheme of modules that were not streamed, or is the address of a streamed one.
 * @param moduleUrls addresses of modules that were streamed
 */
export function codeType({ functionName, url }: CallFrame, moduleUrls: ReadonlySet<string>): 'JS' | 'wasm' | 'other' {
  if (url === '') {
    if (OWN.has(functionName)) return 'other';
    return ADAPTER.test(functionName) ? 'wasm' : 'JS';
  }
  return isWasm({ functionName, url }) || moduleUrls.has(url) ? 'wasm' : 'JS';
}

/** Whether a function is an adapter between JavaScript and Wasm. V8 gives some the URL of the module. */
export const isAdapter = (functionName: string): boolean => functionName === 'js-to-wasm' || ADAPTER.test(functionName);

/** Whether a function is recognizable as Wasm without knowing the modules. */
export function isWasm({ functionName, url }: Pick<CallFrame, 'functionName' | 'url'>): boolean {
  return url.startsWith('wasm://') || /^wasm-function\[\d+\]$/.test(functionName);
}
