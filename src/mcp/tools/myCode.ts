import { z } from 'zod';
import type { Analysis } from '../../../analyzers/index.js';
import { blockedText } from '../../../analyzers/pageState/words.js';
import { runtime } from '../../../analyzers/partition/causes/index.js';
import { type OwnCode, ownCode } from '../../../analyzers/steps/sources/ownCode.js';
import { formatMean, formatMs, formatPlace, formatShare } from '../../view/format.js';
import { errorLine, pageError, pageErrors } from '../pageErrors.js';
import { address, amount, ofRecording, shortName, subject, subjectLine, subjectOf, top, verdict } from '../schemas.js';
import { tool } from '../tool.js';
import { verdictText } from '../verdictText.js';

const TOP = 10;
const CALLS = 5;
const OTHERS = 5;

const output = z.object({
  recording: subject,
  verdict,
  of: z.enum(['use', 'prediction']).describe('use: an inference with what the page does right before and after it.'),
  wholeMs: amount.describe('Of a typical use or prediction.'),
  functions: z.array(
    z.object({
      function: z.string(),
      script: z.string(),
      line: z.number().nullable().describe('Where the function begins.'),
      where: z.array(z.string()),
      ms: amount.describe('Mean each time.'),
      garbageMs: amount.describe('Collecting the garbage that it makes, mean each time.'),
      share: amount.describe('Both of the whole.'),
      isWasm: z.boolean().describe('True for other Wasm that it calls.'),
    }),
  ),
  functionsLeftOut: z.number(),
  gpuCalls: z
    .array(z.object({ call: z.string(), script: z.string(), line: z.number(), count: amount, ms: amount }))
    .describe('Calls of GPU APIs that wait or move bytes, by the line that makes them; means per inference.'),
  mainThread: z.string().nullable().describe('Whether inferences block the main thread.'),
  others: z
    .array(z.object({ function: z.string(), script: z.string(), line: z.number().nullable(), ms: amount, share: amount }))
    .describe('JavaScript in inferences that counts as the framework’s; means per inference.'),
  errors: z.array(pageError),
});

export const myCode = tool({
  name: 'my_code',
  title: 'Which lines of the page are slow?',
  description:
    'The functions of the page’s own scripts around and in its inferences, with file, line, time and the garbage they make; GPU calls by line; whether the main thread is blocked; and errors that the page reported. For recordings of a page, not of a model that Inferscope ran itself.',
  input: z.object({ ...ofRecording, top: top(TOP) }),
  output,
  readOnly: true,
  async answer({ top: most, ...choice }, context) {
    const { analysis } = await context.recordings.of(choice, context);
    const { functions, wholeMs, of } = ownCode(analysis);
    const shown = functions.slice(0, most);
    const calls = callsOf(analysis);
    const errors = pageErrors(analysis);
    const others = othersOf(analysis, functions);
    const blocked = blockedOf(analysis);
    return {
      data: {
        recording: subjectOf(analysis),
        verdict: analysis.validity?.verdict ?? null,
        of,
        wholeMs,
        functions: shown.map((own) => ({
          function: shortName(own.function),
          script: address(own.script),
          line: own.line,
          where: [...own.where],
          ms: own.ms,
          garbageMs: own.garbageMs,
          share: shareOf(own, wholeMs),
          isWasm: own.isWasm,
        })),
        functionsLeftOut: functions.length - shown.length,
        gpuCalls: calls,
        mainThread: blocked,
        others,
        errors,
      },
      head: `${verdictText(analysis.validity)} ${headOf(analysis, functions.length)}`,
      lines: [
        subjectLine(analysis),
        ...shown.map((own) => ownLine(own, wholeMs, of)),
        ...(blocked === null ? [] : [`The main thread is ${blocked}`]),
        ...calls.map(
          ({ call, script, line, count, ms }) =>
            `- GPU ${call}, ${formatPlace(script, line)}: ${formatMs(ms)} and ${formatMean(count)} calls per inference`,
        ),
        ...(others.length > 0 ? ['Other JavaScript in inferences, which counts as the framework’s:'] : []),
        ...others.map(
          ({ function: name, script, line, ms, share }) =>
            `- ${name}, ${formatPlace(script, line)}: ${formatMs(ms)}, ${formatShare(share)} of a prediction`,
        ),
        ...errors.map(errorLine),
      ],
      next: functions.length > shown.length ? 'Further functions are left out: ask with a larger top.' : '',
    };
  },
});

function headOf({ run, page, inferences }: Analysis, count: number): string {
  if (run) return 'Inferscope ran this model itself, so the scripts are its own; ask operator and function.';
  if (count > 0) return 'Functions of the page’s own scripts, longest first:';
  if (page && (inferences?.count ?? 0) === 0) return 'No inference was found, so no script was sampled in one.';
  return 'No function of the page’s own was sampled in or around its inferences.';
}

const shareOf = ({ ms, garbageMs }: OwnCode, wholeMs: number): number | null =>
  wholeMs > 0 ? Math.min(1, (ms + garbageMs) / wholeMs) : null;

function ownLine(own: OwnCode, wholeMs: number, of: 'use' | 'prediction'): string {
  const garbage = own.garbageMs > 0 ? `, and ${formatMs(own.garbageMs)} of garbage collection` : '';
  return `- ${shortName(own.function)}, ${formatPlace(own.script, own.line)}: ${formatMs(own.ms)}${garbage}, ${formatShare(shareOf(own, wholeMs))} of a ${of}, ${[...own.where].join(' and ')} (${address(own.script)})`;
}

const callsOf = ({ run, gpu }: Analysis): z.input<typeof output>['gpuCalls'] =>
  run
    ? []
    : (gpu?.calls ?? [])
        .flatMap(({ call, site, perPrediction }) =>
          site ? [{ call: shortName(call), script: address(site.script), line: site.line, ...perPrediction }] : [],
        )
        .slice(0, CALLS)
        .map(({ bytes: _, ...row }) => row);

/** Without what is the page's own already, as where no framework ran. */
const othersOf = ({ run, glue }: Analysis, own: readonly OwnCode[]): z.input<typeof output>['others'] =>
  run
    ? []
    : (glue?.functions ?? [])
        .flatMap(({ cause, function: name, builtin, script, line, ms, share }) =>
          cause === runtime.glue.id &&
          script !== null &&
          !own.some((one) => one.function === name && one.script === script && one.line === line)
            ? [{ function: shortName(name ?? builtin ?? ''), script: address(script), line, ms, share }]
            : [],
        )
        .slice(0, OTHERS);

const blockedOf = ({ run, mainThread }: Analysis): string | null =>
  run || !mainThread || mainThread.blockedInferences === 0 ? null : blockedText(mainThread);
