import type { LoadedTfjsModel } from './tfjsModel.js';

/** The part of a graph model that its types leave out. */
interface Inner {
  readonly executor?: {
    readonly graph?: { readonly nodes?: Readonly<Record<string, { readonly name: string; category: string }>> };
  };
}

export interface RunningNode {
  /** Name of the node of the graph that runs; null where that is unknown. */
  name(): string | null;
  /** Forgets the last one; call it before each prediction. */
  forget(): void;
}

/**
 * Follows which node of a graph model runs. The synchronous executor asks each node for its category right before running it. With
 * the asynchronous executor and for layers models, the node is unknown.
 * https://github.com/tensorflow/tfjs/blob/master/tfjs-converter/src/operations/operation_executor.ts
 */
export function followNodes(model: LoadedTfjsModel): RunningNode {
  let node: string | null = null;
  for (const each of Object.values((model.graph as unknown as Inner | null)?.executor?.graph?.nodes ?? {})) {
    const { category } = each;
    Object.defineProperty(each, 'category', {
      get() {
        node = each.name;
        return category;
      },
    });
  }
  return {
    name: () => (model.synchronous ? node : null),
    forget: () => {
      node = null;
    },
  };
}
