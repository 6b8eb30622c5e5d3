import type { Study, StudyCell } from '../../src/bundle/study.js';
import { defaultThreads, type Framework, frameworks, isGpuBackend } from '../frameworks.js';
import type { StudyPlan } from './studyPlan.js';

/** What the expansion needs to know about a model. */
export interface StudyModel {
  /** Part of folder names, after removing characters that are not allowed there. */
  readonly name: string;
  /** The formats in which it is available. */
  readonly formats: readonly Framework['format'][];
}

type Factors = Omit<StudyCell, 'id'>;

/**
 * The distinct combinations of a study, and those of them that cannot run, with the reason. On the GPU, threads are no factor
 * (ONNX Runtime uses its default), nor is SIMD.
 * @param models by their name or path in the plan
 * @param cores of this machine: the meaning of `threads: all`
 */
export function expandCells(
  { runs }: Pick<StudyPlan, 'runs'>,
  models: ReadonlyMap<string, StudyModel>,
  cores: number,
): Pick<Study, 'cells' | 'excluded'> {
  const folders = folderNames([...models].map(([model, { name }]) => ({ model, name })));
  const cells = new Map<string, StudyCell>();
  const excluded = new Map<string, Study['excluded'][number]>();
  for (const factors of runs.flatMap((block) => product(block, cores))) {
    const cell = { id: cellId(folders.get(factors.model)!, factors), ...factors };
    const reason = whyNot(cell, models.get(cell.model)!);
    if (reason === null) cells.set(cell.id, cell);
    else excluded.set(cell.id, { cell, reason });
  }
  return { cells: [...cells.values()], excluded: [...excluded.values()] };
}

/** At most how many combinations a block has, before those that are the same are found. */
export function combinationsOf({ models, frameworks: named, backends, threads, simd, on }: StudyPlan['runs'][number]): number {
  return [models, named, backends, threads ?? [1], simd, on].reduce((product, { length }) => product * length, 1);
}

function product(block: StudyPlan['runs'][number], cores: number): Factors[] {
  const { models, threads, simd, on } = block;
  const counts = threads?.map((count) => (count === 'all' ? cores : count)) ?? [defaultThreads(cores)];
  return models.flatMap((model) =>
    block.frameworks.flatMap((framework) =>
      block.backends.flatMap((backend) => {
        const onGpu = isGpuBackend(backend);
        return (onGpu ? [defaultThreads(cores)] : counts).flatMap((count) =>
          (onGpu ? [null] : simd.map((each) => simdOf(each === 'on', framework))).flatMap((each) =>
            on.map((where) => ({ model, framework, backend, threads: count, simd: each, on: where })),
          ),
        );
      }),
    ),
  );
}

/** Null if the framework always uses it. */
function simdOf(wanted: boolean, framework: StudyCell['framework']): boolean | null {
  return wanted && !frameworks[framework].switchesSimd ? null : wanted;
}

const FORMATS: Readonly<Record<Framework['format'], string>> = {
  onnx: 'as ONNX',
  tfjs: 'as a TF.js model',
  tflite: 'as a .tflite file',
};

function whyNot({ model, framework, backend, threads, simd }: Factors, { formats }: StudyModel): string | null {
  const { title, backends, format, switchesSimd }: Framework = frameworks[framework];
  if (!formats.includes(format)) {
    return `${model} exists ${formats.map((each) => FORMATS[each]).join(' and ')} only, which ${title} does not read`;
  }
  if (!backends.includes(backend)) return `${title} has no backend ${backend}`;
  if (simd === false && !switchesSimd) return `${title} ships only Wasm with SIMD`;
  if (simd === false && threads > 1) return `${title} has threads only in its Wasm module with SIMD`;
  return null;
}

/** Name of a cell and its folder: its factors, without those that have no choice. */
function cellId(model: string, { framework, backend, threads, simd, on }: Omit<StudyCell, 'id' | 'model'>): string {
  return [
    model,
    framework,
    backend,
    // On the GPU the number is the same for all cells.
    ...(backend === 'wasm' ? [`t${threads}`] : []),
    ...(simd === null ? [] : [simd ? 'simd' : 'nosimd']),
    on,
  ].join('.');
}

/** Long enough to tell models apart, short enough for the path limits of all systems. */
const FOLDER_LIMIT = 60;

/** A folder-safe name for each model. Equal names get a number; the comparison ignores case. */
function folderNames(models: readonly { readonly model: string; readonly name: string }[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  const names = new Map<string, string>();
  for (const { model, name } of models) {
    const stem = name.replace(/[^\w-]+/g, '_').slice(0, FOLDER_LIMIT) || 'model';
    let free = stem;
    for (let number = 2; taken.has(free.toLowerCase()); number++) free = `${stem}-${number}`;
    taken.add(free.toLowerCase());
    names.set(model, free);
  }
  return names;
}
