import { z } from 'zod';
import type { Analysis } from '../../../analyzers/index.js';
import { operatorKinds } from '../../../analyzers/operators/kind.js';
import type { OperatorFunction } from '../../../analyzers/operators/operatorFunctions.js';
import type { Operator } from '../../../analyzers/operators/operators.js';
import { formatMs, formatPlural, formatRatio, formatShare } from '../../view/format.js';
import { amount, ofRecording, shortName, subject, subjectLine, subjectOf, top, verdict } from '../schemas.js';
import { tool } from '../tool.js';
import { verdictText } from '../verdictText.js';

const TOP = 5;
/** A kind with a smaller share is not told in the text. */
const MIN_SHARE = 0.01;
/** So many names are offered if none matches. */
const OFFERED = 20;

const inFunction = z.object({
  name: z.string(),
  index: z.number().nullable(),
  share: z.number().describe('Of the samples while it ran.'),
  cause: z.string().nullable(),
});

const output = z.object({
  recording: subject,
  verdict,
  /** Null: they are known. */
  lack: z.string().nullable().describe('Why operators are not known in this recording.'),
  kinds: z
    .array(
      z.object({
        kind: z.string(),
        title: z.string(),
        count: z.number(),
        ms: amount,
        share: amount,
        nativeMs: amount,
        couldSaveMs: amount,
      }),
    )
    .describe('Operators by what they compute, the kind with the most to save first.'),
  operators: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      kind: z.string(),
      shape: z.string(),
      ms: amount,
      share: amount,
      nativeMs: amount,
      ratio: amount,
      roofMs: amount.describe('The least it takes at the peaks measured on this machine in this browser.'),
      couldSaveMs: amount.describe(
        'At most, of a prediction of the timing pass: time above the roof or, without one, above native.',
      ),
      bound: z.enum(['compute', 'memory', 'overhead']).nullable(),
      functions: z.array(inFunction),
    }),
  ),
  operatorsLeftOut: z.number(),
});

export const operator = tool({
  name: 'operator',
  title: 'Which operators are slow?',
  description:
    'Time per operator of the model, beside native and beside the least this machine allows, with what could be saved at most and the Wasm functions it runs in. Ask for a name, a type such as Conv, or a kind such as depthwise; without one the operators with the most to save.',
  input: z.object({
    ...ofRecording,
    operator: z.string().min(1).max(1000).optional().describe('Part of a name, a type (Conv), or a kind (depthwise).'),
    top: top(TOP),
  }),
  output,
  readOnly: true,
  async answer({ operator: wanted, top: most, ...choice }, context) {
    const { analysis } = await context.recordings.of(choice, context);
    const { kernels, kernelTotals: totals, validity } = analysis;
    const matching = wanted === undefined ? [...kernels] : matches(kernels, wanted);
    const ranked = matching.sort((a, b) => (b.couldSaveMs ?? 0) - (a.couldSaveMs ?? 0) || b.ms - a.ms);
    const shown = ranked.slice(0, most);
    const shownKinds = new Set(matching.map(({ kind }) => kind));
    const kinds = (totals?.groups ?? []).filter(({ kind }) => shownKinds.has(kind));
    const lack = totals ? null : lackOf(analysis);
    return {
      data: {
        recording: subjectOf(analysis),
        verdict: validity?.verdict ?? null,
        lack,
        kinds: kinds.map(({ kind, title, count, ms, share, paired, couldSaveMs }) => ({
          kind,
          title,
          count,
          ms,
          share,
          nativeMs: paired?.nativeMs ?? null,
          couldSaveMs,
        })),
        operators: shown.map(rowOf),
        operatorsLeftOut: ranked.length - shown.length,
      },
      head: `${verdictText(validity)} ${headOf(analysis, wanted, ranked.length)}`,
      lines: [
        subjectLine(analysis),
        ...(lack === null ? [] : [lack]),
        ...(totals && matching.length === 0 ? offered(kernels) : []),
        ...kinds
          .filter(({ share }) => share >= MIN_SHARE)
          .map(
            ({ kind, title, count, ms, share, couldSaveMs }) =>
              `- kind ${kind}: ${formatPlural(count, 'operator')} (${title}), ${formatMs(ms)}, ${formatShare(share)}${couldSaveMs === null ? '' : `, could save at most ${formatMs(couldSaveMs)}`}`,
          ),
        ...shown.map(operatorLine),
        ...(totals?.samplingLack ? [`Functions are not known: ${totals.samplingLack}.`] : []),
      ],
      next:
        ranked.length > shown.length
          ? `${formatPlural(ranked.length - shown.length, 'operator')} left out: ask with a larger top, or for a name, type or kind. Then: function.`
          : shown.length > 0
            ? 'Next: function, for the instructions that these run.'
            : '',
    };
  },
});

/** A kind or a type by its whole name, otherwise parts of names. */
function matches(operators: readonly Operator[], wanted: string): Operator[] {
  const text = wanted.toLowerCase();
  const byKind = operators.filter(({ kind }) => text === kind || text === operatorKinds[kind].toLowerCase());
  const byType = operators.filter(({ operator: type }) => type.toLowerCase() === text);
  const byName = operators.filter(({ name }) => name.toLowerCase() === text);
  const exact = [byName, byType, byKind].find(({ length }) => length > 0);
  return exact ?? operators.filter(({ name, operator: type }) => `${name} ${type}`.toLowerCase().includes(text));
}

function headOf({ kernelTotals: totals }: Analysis, wanted: string | undefined, count: number): string {
  if (!totals) return 'Time per operator is not in this recording.';
  if (count === 0) return wanted === undefined ? 'No operator took time.' : 'No operator is called so. There are:';
  return `${formatPlural(count, 'operator')}. Times are medians of the profiling pass (${totals.onDevice ? 'on the device' : 'on the thread that ran them'}), savings are of a timed prediction; the most to save is first.`;
}

const LACKS: ReadonlySet<string> = new Set(['no-kernels', 'page-one-pass']);

const lackOf = ({ notes }: Analysis): string =>
  notes.find(({ id }) => LACKS.has(id))?.text ?? 'The recording has no profile of operators.';

function offered(operators: readonly Operator[]): string[] {
  const types = new Map<string, number>();
  for (const { operator: type } of operators) types.set(type, (types.get(type) ?? 0) + 1);
  return [...types].slice(0, OFFERED).map(([type, count]) => `- ${shortName(type)}: ${count}`);
}

const functionOf = ({ name, index, share, cause }: OperatorFunction) => ({ name: shortName(name), index, share, cause });

const rowOf = (each: Operator): z.input<typeof output>['operators'][number] => ({
  name: shortName(each.name),
  type: shortName(each.operator),
  kind: each.kind,
  shape: shortName(each.shape),
  ms: each.ms,
  share: each.share,
  nativeMs: each.nativeMs,
  ratio: each.ratio,
  roofMs: each.roofMs,
  couldSaveMs: each.couldSaveMs,
  bound: each.bound,
  functions: (each.functions ?? []).map(functionOf),
});

function operatorLine(each: Operator, place: number): string {
  const { name, operator: type, kind, shape, ms, share, nativeMs, ratio, roofMs, couldSaveMs, bound, functions } = each;
  const facts = [
    `${formatMs(ms)}, ${formatShare(share)}`,
    ...(couldSaveMs === null ? [] : [`could save at most ${formatMs(couldSaveMs)}`]),
    ...(roofMs === null ? [] : [`roof ${formatMs(roofMs)}`]),
    ...(nativeMs === null ? [] : [`native ${formatMs(nativeMs)} (${formatRatio(ratio)})`]),
    ...(bound === null ? [] : [`bound by ${bound}`]),
    ...(functions?.length ? [`in ${functions.map((fn) => `${shortName(fn.name)} ${formatShare(fn.share)}`).join(', ')}`] : []),
  ];
  return `${place + 1}. ${shortName(type)} ${shortName(name)} (${kind}, ${shortName(shape)}): ${facts.join('; ')}`;
}
