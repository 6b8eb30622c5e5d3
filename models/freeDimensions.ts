import type { ModelFile } from './model.js';
import type { Feed } from './modelFeeds.js';

/** Sizes that inputs give to the dimensions that a model leaves free, by the model's names of them; those without a name are left out. */
export function freeDimensions({ inputs }: Pick<ModelFile, 'inputs'>, feeds: readonly Feed[]): Readonly<Record<string, number>> {
  const sizes = new Map<string, number>();
  for (const { name, shape } of inputs) {
    const fed = feeds.find(({ spec }) => spec.name === name)?.spec.shape;
    shape?.forEach((size, i) => {
      if (typeof size === 'string' && size !== '?' && fed) sizes.set(size, fed[i]!);
    });
  }
  return Object.fromEntries(sizes);
}
