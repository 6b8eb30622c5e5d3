import { type Analysis, questions } from '../../analyzers/index.js';
import type { View } from '../view/view.js';

export type QuestionName = keyof typeof questions;

const viewed = new Map<string, View<Analysis>>(Object.entries(questions).map(([name, { view }]) => [name, view]));

/** The views of the questions, in the order of the registry. */
export const views: readonly View<Analysis>[] = [...viewed.values()];

/** These are drawn with the answer, before all others. */
const WITH_ANSWER: readonly QuestionName[] = ['validity', 'steps'];

/** Puts parts and views in orders. Questions that no order names go where one says `rest`. */
export function inOrder<Part extends object>(
  orders: readonly (readonly (Part | QuestionName | 'rest')[])[],
  draw: (view: View<Analysis>) => Part,
): readonly (readonly Part[])[] {
  const named: ReadonlySet<unknown> = new Set([...orders.flat(), ...WITH_ANSWER]);
  const rest = [...viewed].flatMap(([name, view]) => (named.has(name) ? [] : [view]));
  return orders.map((order) =>
    order.flatMap((part) => {
      if (typeof part !== 'string') return [part as Part];
      const view = viewed.get(part);
      return (part === 'rest' ? rest : view ? [view] : []).map(draw);
    }),
  );
}
