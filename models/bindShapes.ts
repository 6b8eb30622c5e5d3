import { byteLength, type DeclaredTensor, type TensorSpec } from '../src/bundle/tensor.js';
import type { DefaultShapes } from './model.js';
import { ModelError } from './modelError.js';
import type { InputShape } from './parseShape.js';

/** What `bindShapes` needs of a `ModelFile`. */
export interface BindableModel {
  readonly name: string;
  readonly inputs: readonly DeclaredTensor[];
  readonly defaultShapes: DefaultShapes;
}

const BATCH_NAME = /^(n|b|bs|(dynamic_?)?batch(_?(size|dim|axis))?)$/i;

// Beyond this an ArrayBuffer cannot be made in every browser.
const MOST_BYTES = 2 ** 31;

/**
 * Gives every input of a model a concrete shape. In order of precedence: the shape the user gave for that input; the size that
 * the user gave to a dimension of the same name elsewhere (so `input_ids=1x128` also settles an `attention_mask` of the same
 * named dimensions); the model's default shape; 1 for a dimension that is named like a batch.
 *
 * @throws ModelError with code shape: an unknown or repeated input, another number of dimensions, another size than the model
 * fixes, or a dimension that nothing settles; the message holds the flag to give
 */
export function bindShapes(model: BindableModel, given: readonly InputShape[]): TensorSpec[] {
  const shapes = givenByName(model, given);
  const named = new Map<string, number>();
  for (const input of model.inputs) {
    const shape = shapes.get(input.name);
    if (!shape) continue;
    checkAgainstDeclared(model.name, input, shape);
    input.shape?.forEach((size, i) => {
      if (typeof size === 'string' && size !== '?') named.set(size, shape[i]!);
    });
  }
  return model.inputs.map((input) => {
    const shape = shapes.get(input.name) ?? inferShape(model, input, named);
    const spec: TensorSpec = { name: input.name, type: input.type, shape };
    if (byteLength(spec) > MOST_BYTES) {
      throw shapeError(model.name, input, `${shape.join('x')} is more than ${MOST_BYTES / 2 ** 30} GiB`);
    }
    return spec;
  });
}

function givenByName(model: BindableModel, given: readonly InputShape[]): Map<string, readonly number[]> {
  const shapes = new Map<string, readonly number[]>();
  for (const { name, shape } of given) {
    if (shapes.has(name)) {
      throw new ModelError('shape', model.name, `input "${name}" has two shapes`, `Give --input ${name}=… once.`);
    }
    if (!model.inputs.some((input) => input.name === name)) {
      const known = model.inputs.map((input) => `"${input.name}" (${describe(input)})`).join(', ');
      throw new ModelError('shape', model.name, `there is no input "${name}"`, `Its inputs are ${known}.`);
    }
    shapes.set(name, shape);
  }
  return shapes;
}

function checkAgainstDeclared(model: string, input: DeclaredTensor, shape: readonly number[]): void {
  if (!input.shape) return;
  const text = shape.join('x');
  if (shape.length !== input.shape.length) {
    throw shapeError(model, input, `${text} has ${shape.length} dimensions instead of ${input.shape.length}`);
  }
  input.shape.forEach((size, i) => {
    if (typeof size === 'number' && size !== shape[i]) {
      throw shapeError(model, input, `dimension ${i + 1} of ${text} is ${shape[i]}, and the model fixes it to ${size}`);
    }
  });
}

function inferShape(model: BindableModel, input: DeclaredTensor, named: ReadonlyMap<string, number>): readonly number[] {
  const defaults = model.defaultShapes[input.name];
  if (!input.shape) {
    if (defaults) return defaults;
    throw shapeError(model.name, input, 'the model does not say how many dimensions it has');
  }
  const shape = input.shape.map((size, i) => {
    if (typeof size === 'number') return size;
    return named.get(size) ?? defaults?.[i] ?? (BATCH_NAME.test(size) ? 1 : size);
  });
  const unknown = shape.filter((size) => typeof size === 'string');
  if (unknown.length > 0) {
    const problem = `nothing says how large ${unknown.length === 1 ? 'a dimension' : `${unknown.length} dimensions`} should be`;
    throw shapeError(model.name, input, problem, shape);
  }
  return shape as number[];
}

function shapeError(model: string, input: DeclaredTensor, problem: string, known = input.shape): ModelError {
  // A name with a space or bracket in it would need quoting, so that placeholders are in capitals and not in <…>.
  const template = known?.map((size) => (typeof size === 'number' ? size : placeholder(size))).join('x') ?? 'AxBxC';
  const remedy = `It is declared as ${describe(input)}. Give --input ${input.name}=${template} with numbers for names.`;
  return new ModelError('shape', model, `input "${input.name}": ${problem}`, remedy);
}

function placeholder(dimension: string): string {
  return dimension === '?' ? 'SIZE' : dimension.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
}

function describe({ type, shape }: DeclaredTensor): string {
  return `${type}[${shape?.join(', ') ?? '…'}]`;
}
