import type { FrameworkId } from '../../../collectors/frameworks.js';
import type { ModelFormat } from '../../../models/model.js';
import type { TriedOutcome } from '../../../models/triedTable.js';
import { formatBytes } from '../../view/format.js';
import { cell, clip, type Screen, wrapBelow } from './screen.js';

/** A model of the registry with the results of trying it. */
export interface ListedModel {
  readonly name: string;
  readonly task: string;
  readonly parameters: number;
  readonly inputs: Readonly<Record<string, readonly number[]>>;
  readonly formats: readonly ModelFormat[];
  /** Size of the files of each format; a format is missing until it has been written. */
  readonly bytes: Readonly<Partial<Record<ModelFormat, number>>>;
  /** Inferscope generates it when it is first run. */
  readonly generated: boolean;
  readonly licence: string;
  readonly origin: string;
  readonly runs: readonly {
    readonly framework: string;
    readonly backend: string;
    readonly outcome: TriedOutcome;
    readonly reason: string | null;
  }[];
}

/** The columns of a framework: its id, its title, and its backends. */
export interface ListedFramework {
  readonly id: FrameworkId;
  readonly title: string;
  readonly format: ModelFormat;
  readonly backends: readonly string[];
}

const GAP = '  ';
const WIDTHS = { name: 18, task: 20, parameters: 7, size: 9 } as const;
const WEIGHT_BYTES = 4;
const LEGEND =
  '✓ runs · ✗ does not · … too slow there to tell · – the model has no form that the framework reads · ? not tried · ≈ generated on demand, about so large';

/** The models as a table with two lines each, then what does not run and why, then what they were tried with. */
export function modelLines(
  models: readonly ListedModel[],
  frameworks: readonly ListedFramework[],
  triedWith: readonly string[],
  screen: Screen,
): string[] {
  const { paint, width } = screen;
  const left = WIDTHS.name + WIDTHS.task + WIDTHS.parameters + WIDTHS.size + 3 * GAP.length;
  const heads = frameworks.map(({ title, backends }) => cell(title, backends.join(' ').length));
  return [
    paint.dim(`${' '.repeat(left)}${GAP}${heads.join(GAP)}`.trimEnd()),
    paint.dim(
      row(
        'model',
        'task',
        'params',
        'size',
        frameworks.map(({ backends }) => backends.join(' ')),
      ),
    ),
    ...models.flatMap((model) => [
      row(
        paint.bold(cell(model.name, WIDTHS.name)),
        model.task,
        count(model.parameters),
        size(model),
        frameworks.map((framework) => framework.backends.map((backend) => mark(model, framework, backend, screen)).join(' ')),
      ),
      paint.dim(clip(`${GAP}${shapes(model.inputs)} · ${model.licence} · ${model.origin}`, width)),
    ]),
    '',
    ...wrapped(LEGEND, screen).map(paint.dim),
    ...failureLines(models, frameworks, screen),
    '',
    ...triedWith.flatMap((text) => wrapped(text, screen)),
  ];
}

function row(name: string, task: string, parameters: string, bytes: string, marks: readonly string[]): string {
  const padded = name.startsWith('\u001b') ? name : cell(name, WIDTHS.name);
  return [
    padded,
    cell(task, WIDTHS.task),
    cell(parameters, WIDTHS.parameters, 'right'),
    cell(bytes, WIDTHS.size, 'right'),
    ...marks,
  ].join(GAP);
}

function mark(model: ListedModel, { id, format }: ListedFramework, backend: string, { paint }: Screen): string {
  const run = model.runs.find((each) => each.framework === id && each.backend === backend);
  const columns = backend.length;
  if (!model.formats.includes(format)) return paint.dim(cell('–', columns));
  if (!run) return cell('?', columns);
  if (run.outcome === 'unfinished') return cell('…', columns);
  return run.outcome === 'runs' ? paint.green(cell('✓', columns)) : paint.red(cell('✗', columns));
}

/** Why something does not run, once for all models with the same reason. */
function failureLines(models: readonly ListedModel[], frameworks: readonly ListedFramework[], screen: Screen): string[] {
  const byReason = new Map<string, string[]>();
  for (const { name, runs } of models) {
    for (const { framework, backend, outcome, reason: why } of runs) {
      if (outcome === 'runs') continue;
      const title = frameworks.find(({ id }) => id === framework)?.title ?? framework;
      const reason = `${title}, ${backend}: ${why}`;
      byReason.set(reason, [...(byReason.get(reason) ?? []), name]);
    }
  }
  if (byReason.size === 0) return [];
  const lines = [...byReason].sort(([a], [b]) => (a < b ? -1 : 1)).map(([reason, names]) => `${names.join(', ')}: ${reason}`);
  return ['', screen.paint.bold('What does not run, or not in time, and why'), ...lines.flatMap((line) => wrapped(line, screen))];
}

const wrapped = (text: string, { width }: Screen): string[] => wrapBelow(text, width, GAP);

function count(parameters: number): string {
  if (parameters < 1000) return String(parameters);
  const [value, unit] = parameters >= 1e6 ? [parameters / 1e6, 'M'] : [parameters / 1e3, 'k'];
  return `${value >= 100 ? value.toFixed(0) : value.toPrecision(3)} ${unit}`;
}

function size({ bytes, formats, generated, parameters }: ListedModel): string {
  const known = bytes[formats[0]!];
  if (known !== undefined) return formatBytes(known);
  return generated ? `≈ ${formatBytes(parameters * WEIGHT_BYTES)}` : '?';
}

function shapes(inputs: ListedModel['inputs']): string {
  return Object.entries(inputs)
    .map(([name, shape]) => `${name}=${shape.join('x') || '(a number)'}`)
    .join(', ');
}
