import { ModelError } from './modelError.js';

/** A shape that a user gave for one input. */
export interface InputShape {
  readonly name: string;
  readonly shape: readonly number[];
}

/**
 * Parses `name=1x3x320x320`; `name=` is a scalar. The name may itself hold an `=`: the last one counts.
 *
 * @throws ModelError with code shape
 */
export function parseShape(text: string): InputShape {
  const equals = text.lastIndexOf('=');
  const sizes = text.slice(equals + 1);
  if (equals < 1 || !/^(\d+(x\d+)*)?$/i.test(sizes)) {
    throw new ModelError('shape', `--input ${text}`, 'this is not a name and a shape', 'Write it like --input x=1x3x320x320.');
  }
  const shape = sizes === '' ? [] : sizes.split(/x/i).map(Number);
  if (shape.some((size) => size === 0 || !Number.isSafeInteger(size))) {
    throw new ModelError('shape', `--input ${text}`, 'every dimension has to be at least 1', 'Give the size of every dimension.');
  }
  return { name: text.slice(0, equals), shape };
}
