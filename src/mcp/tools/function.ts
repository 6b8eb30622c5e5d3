import { z } from 'zod';
import { instructionKinds } from '../../../analyzers/functions/mixText.js';
import type { WasmFunctionTime } from '../../../analyzers/functions/wasmUse.js';
import { type FunctionOperators, MIN_SAMPLES } from '../../../analyzers/operators/operatorFunctions.js';
import type { GlueFunction } from '../../../analyzers/runtime/glue.js';
import { lastPart } from '../../text/lastPart.js';
import { formatBytes, formatMs, formatPlural, formatShare } from '../../view/format.js';
import { address, amount, ofRecording, shortName, subject, subjectLine, subjectOf, top, verdict } from '../schemas.js';
import { tool } from '../tool.js';
import { verdictText } from '../verdictText.js';

const TOP = 5;
/** So many operators of a function are told in the text. */
const TOLD = 3;
/** Kinds of instructions with a smaller part say little. */
const MIN_PART = 0.01;

const output = z.object({
  recording: subject,
  verdict,
  wasm: z.array(
    z.object({
      name: z.string(),
      index: z.number().nullable().describe('Index in the module, imports counted.'),
      module: z.string(),
      thread: z.string(),
      selfMs: amount.describe('Over the typical inferences.'),
      share: z.number().describe('Of its thread’s time in them.'),
      cause: z.string().nullable(),
      causes: z
        .array(z.object({ cause: z.string(), share: z.number(), low: z.number(), high: z.number() }))
        .describe(
          'Parts of its self time by what its loops executed, with the range that each may be in; uncounted functions have wide ones.',
        ),
      gflops: z
        .number()
        .nullable()
        .describe('10⁹ float operations per second of its self time; null where they were not counted.'),
      instructions: z
        .array(z.object({ kind: z.string(), part: z.number() }))
        .describe('That it executed; of its innermost loops where that was not counted. Empty without the bytes of the module.'),
      bodyBytes: amount,
      kinds: z
        .array(z.object({ kind: z.string(), share: amount }))
        .describe('What the operators compute during which its samples were taken. A share of too few samples is null.'),
      operators: z
        .array(z.object({ name: z.string(), samples: z.number() }))
        .describe('Those operators, the one with the most samples in it first.'),
    }),
  ),
  wasmLeftOut: z.number(),
  scripts: z
    .array(
      z.object({
        function: z.string(),
        script: z.string().nullable(),
        line: z.number().nullable(),
        ms: amount,
        share: z.number(),
        cause: z.string(),
      }),
    )
    .describe('JavaScript functions inside inferences; ms are means per inference.'),
});

export const functionTool = tool({
  name: 'function',
  title: 'What does a function do?',
  description:
    'Self time of a Wasm function, the instructions that it executes (SIMD, scalar, loads, stores), and the operators that run in it. Ask by index (2415) or part of a name; without one the functions with the most self time. JavaScript functions inside inferences are found by name too.',
  input: z.object({
    ...ofRecording,
    function: z.string().min(1).max(1000).optional().describe('Index ("2415"), "wasm-function[2415]", or part of a name.'),
    top: top(TOP),
  }),
  output,
  readOnly: true,
  async answer({ function: wanted, top: most, ...choice }, context) {
    const { analysis, functions } = await context.recordings.of(choice, context);
    const wasm = wanted === undefined ? functions : functions.filter(matcher(wanted));
    const shown = wasm.slice(0, most).map((fn) => rowOf(fn, analysis.kernelTotals?.functions ?? []));
    const scripts = wanted === undefined ? [] : scriptsOf(analysis.glue?.functions ?? [], wanted).slice(0, most);
    const found = wasm.length + scripts.length > 0;
    return {
      data: {
        recording: subjectOf(analysis),
        verdict: analysis.validity?.verdict ?? null,
        wasm: shown,
        wasmLeftOut: wasm.length - shown.length,
        scripts,
      },
      head: `${verdictText(analysis.validity)} ${headOf(functions.length, wanted, found)}`,
      lines: [
        subjectLine(analysis),
        ...(found
          ? shown.flatMap(lines)
          : functions.slice(0, most).map(({ name, share }) => `- ${shortName(name)} ${formatShare(share)}`)),
        ...scripts.map(({ function: name, script, line, ms, share }) => {
          const at = script === null ? '' : ` ${script}${line === null ? '' : `:${line}`}`;
          return `- JavaScript ${name}${at}: ${formatMs(ms)} per inference, ${formatShare(share)}`;
        }),
      ],
      next:
        wasm.length > shown.length
          ? `${formatPlural(wasm.length - shown.length, 'function')} left out: ask with a larger top, or for a name.`
          : '',
    };
  },
});

/** A number is an index; other text is a name, or a part of one. */
function matcher(wanted: string): (fn: WasmFunctionTime) => boolean {
  const index = /^(?:wasm-function\[)?(\d+)\]?$/.exec(wanted.trim())?.[1];
  if (index !== undefined) return (fn) => fn.index === Number(index);
  const text = wanted.toLowerCase();
  return ({ name }) => name.toLowerCase().includes(text);
}

function headOf(sampled: number, wanted: string | undefined, found: boolean): string {
  if (sampled === 0 && !found) return 'No Wasm function was sampled in an inference.';
  if (!found) return 'No function of that name or index was sampled in an inference. Those with the most self time:';
  return wanted === undefined ? 'The Wasm functions with the most self time:' : 'Found:';
}

/** Addresses of a module differ between passes, as each is served anew. */
const isSame = (a: WasmFunctionTime, b: FunctionOperators): boolean =>
  a.index === b.index && a.name === b.name && lastPart(a.module) === lastPart(b.module);

function rowOf(fn: WasmFunctionTime, functions: readonly FunctionOperators[]): Row {
  const { name, index, module, thread, selfMs, share, cause, causes, gflops, mix, bodyBytes } = fn;
  const running = functions.find((one) => isSame(fn, one));
  const isShared = running !== undefined && running.samples >= MIN_SAMPLES;
  return {
    name: shortName(name),
    index,
    module: address(module),
    thread: shortName(thread),
    selfMs,
    share,
    cause,
    causes: [...causes],
    gflops,
    instructions: instructionKinds(mix ?? {})
      .filter(({ part }) => part >= MIN_PART)
      .map(({ name: kind, part }) => ({ kind, part })),
    bodyBytes,
    kinds: (running?.kinds ?? []).map((each) => ({ kind: each.kind, share: isShared ? each.share : null })),
    operators: (running?.operators ?? []).map((each) => ({ name: shortName(each.name), samples: each.samples })),
  };
}

type Row = z.input<typeof output>['wasm'][number];

function lines(
  { name, thread, selfMs, share, cause, causes, instructions, bodyBytes, kinds, operators }: Row,
  place: number,
): string[] {
  const mix = instructions.map(({ kind, part }) => `${kind} ${formatShare(part)}`).join(', ');
  const computing = kinds.map(({ kind, share: part }) => `${kind}${part === null ? '' : ` ${formatShare(part)}`}`).join(', ');
  const running = operators
    .slice(0, TOLD)
    .map((each) => `${each.name} (${formatPlural(each.samples, 'sample')})`)
    .join(', ');
  return [
    `${place + 1}. ${name}: ${formatShare(share)} of ${thread}, ${formatMs(selfMs)} over the typical inferences${cause === null ? '' : `, ${causesText(cause, causes)}`}${bodyBytes === null ? '' : `, ${formatBytes(bodyBytes)} of code`}`,
    `   in its loops: ${mix === '' ? 'unknown, as the bytes of the module are not there' : mix}`,
    ...(running === '' ? [] : [`   runs operators: ${computing}; most of all ${running}`]),
  ];
}

/** "isa.simd128"; "62 % isa.simd128, 38 % isa.scalar" where its loops are of several. */
function causesText(cause: string, causes: Row['causes']): string {
  const parts = causes.filter(({ share }) => share >= MIN_PART);
  return parts.length < 2 ? cause : parts.map((each) => `${formatShare(each.share)} ${each.cause}`).join(', ');
}

const scriptsOf = (functions: readonly GlueFunction[], wanted: string): z.input<typeof output>['scripts'] =>
  functions.flatMap(({ function: name, builtin, script, line, ms, share, cause }) => {
    const shown = name ?? builtin ?? '';
    if (!`${name ?? ''} ${builtin ?? ''}`.toLowerCase().includes(wanted.toLowerCase())) return [];
    return [{ function: shortName(shown), script: script === null ? null : address(script), line, ms, share, cause }];
  });
