import { z } from 'zod';
import type { Step } from '../../../analyzers/steps/step.js';
import { view } from '../../../analyzers/steps/view.js';
import type { StepItem } from '../../view/block.js';
import { formatPlural } from '../../view/format.js';
import {
  address,
  amount,
  interval,
  intervalOf,
  ofRecording,
  shortName,
  subject,
  subjectLine,
  subjectOf,
  verdict,
} from '../schemas.js';
import { tool } from '../tool.js';
import { verdictText } from '../verdictText.js';

/** A longer command would take the place of other steps in the text; the data has it. */
const COMMAND_LIMIT = 400;

const place = z.object({
  operators: z.string().nullable().describe('Kind of operators, as the tool operator takes it.'),
  function: z.string().nullable(),
  script: z.string().nullable(),
  line: z.number().nullable(),
});

const output = z.object({
  recording: subject,
  verdict,
  steps: z.array(
    z.object({
      number: z.number(),
      id: z.string(),
      title: z.string(),
      saves: z.object({
        of: z.string().describe('Of what: prediction, use, blocking, warm-up, setup, memory.'),
        kind: z.enum(['measured', 'bound', 'not measured']).describe('bound: at most that much.'),
        ms: amount,
        ci95Ms: interval,
        bytes: amount,
      }),
      known: z.string().describe('How the saving is known, or why it is not.'),
      who: z.enum(['you', 'framework', 'browser', 'machine']),
      where: z.array(place),
      command: z.string().nullable().describe('Makes the change, or measures it. For a shell.'),
      code: z.array(z.string()).optional().describe('Lines of code or settings. Only if one step is asked for.'),
      evidence: z.array(z.string()).optional().describe('What was seen. Only if one step is asked for.'),
    }),
  ),
});

export const steps = tool({
  name: 'steps',
  title: 'What to do about it',
  description:
    'Lists what to do, most useful first: what each step saves and how that is known (measured, at most, or not measured), who can do it, where (operators, function, script and line) and the command. With `step` it gives the code and the evidence of one.',
  input: z.object({
    ...ofRecording,
    step: z.number().int().min(1).max(100).optional().describe('Number of one step, to have it with its code and evidence.'),
  }),
  output,
  readOnly: true,
  async answer({ step, ...choice }, context) {
    const { analysis } = await context.recordings.of(choice, context);
    const all = analysis.steps ?? [];
    const [list] = view.blocks(analysis);
    const items = list?.block === 'steps' ? list.steps : [];
    const numbers = all.map((_, i) => i + 1).filter((number) => step === undefined || number === step);
    const one = step !== undefined;
    return {
      data: {
        recording: subjectOf(analysis),
        verdict: analysis.validity?.verdict ?? null,
        steps: numbers.map((number) => stepData(all[number - 1]!, number, one)),
      },
      head: `${verdictText(analysis.validity)} ${headOf(all.length, step)}`,
      lines: [subjectLine(analysis), ...numbers.flatMap((number) => (one ? fullLines : shortLines)(items[number - 1]!, number))],
      next: all.length > 0 && !one ? 'For the code and the evidence of one, ask steps with its number as step.' : '',
    };
  },
});

function headOf(count: number, step: number | undefined): string {
  if (count === 0) return 'No step is known.';
  if (step !== undefined)
    return step <= count ? `Step ${step} of ${count}.` : `There is no step ${step}, but ${formatPlural(count, 'step')}.`;
  return count === 1 ? '1 step.' : `${count} steps, most useful first.`;
}

function stepData({ id, title, saves, basis, who, where, action, evidence }: Step, number: number, one: boolean) {
  return {
    number,
    id,
    title,
    saves: { of: saves.of, kind: saves.kind, ms: saves.ms, ci95Ms: intervalOf(saves.ci95Ms), bytes: saves.bytes },
    known: basis,
    who,
    where: where.map((each) => ({
      operators: each.operators,
      function: each.function === null ? null : shortName(each.function),
      script: each.script === null ? null : address(each.script),
      line: each.line,
    })),
    command: action.command,
    ...(one && { code: action.code?.split('\n') ?? [], evidence: [...evidence] }),
  };
}

function shortLines({ title, saves, who, where, command }: StepItem, number: number): string[] {
  const at = where === null ? '' : `; where: ${where}`;
  const shown = command === null || command.length <= COMMAND_LIMIT ? command : 'a long command, see the data';
  return [`${number}. ${title}: ${saves}; by ${who}${at}`, ...(shown === null ? [] : [`   $ ${shown}`])];
}

function fullLines(item: StepItem, number: number): string[] {
  return [...shortLines(item, number), item.basis, ...item.evidence.map((text) => `- ${text}`), ...item.code];
}
