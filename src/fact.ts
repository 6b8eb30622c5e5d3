/** Why something is not known: an id that is stable for scripts, and a sentence for the reader. */
export interface Reason {
  readonly id: string;
  readonly text: string;
}

/**
 * Something that can be known of an input. It is computed once, when it is first asked for. `compute` returns null if the fact
 * does not apply to the input, and calls `unknown()` with a reason if it cannot be known.
 */
export interface Fact<T, Input> {
  readonly id: string;
  readonly compute: (get: Get<Input>) => T | null;
}

/** Type of a fact's value if it is known. */
export type Known<F> = F extends { readonly compute: (get: never) => infer T } ? NonNullable<T> : never;

/** Gives a fact's computation the input and the values of other facts. */
export interface Get<Input> {
  readonly input: Input;
  /** Value of a fact. If it is not known, the fact that asks is not known either, for the same reason. */
  <T>(wanted: Fact<T, Input>): T;
  /** Value of a fact; null if it is not known or does not apply. */
  maybe<T>(wanted: Fact<T, Input>): T | null;
  /** Why a fact is not known; null if it is known, or if it does not apply. */
  why(wanted: Fact<unknown, Input>): Reason | null;
}

/** Ends a fact's computation: it cannot be known, for this reason. */
export function unknown(id: string, text: string): never {
  throw new Unknown({ id, text });
}

class Unknown extends Error {
  constructor(readonly reason: Reason | null) {
    super(reason?.text ?? 'does not apply');
  }
}

interface Outcome {
  readonly value: unknown;
  readonly reason: Reason | null;
}

/**
 * Makes the `get` of one input. It keeps the values that it computed.
 * @throws Error if facts ask for each other in a circle; the message names them
 */
export function facts<Input>(input: Input): Get<Input> {
  type Asked = Fact<unknown, Input>;
  const outcomes = new Map<Asked, Outcome>();
  const asking = new Set<Asked>();

  const outcomeOf = (wanted: Asked): Outcome => {
    const known = outcomes.get(wanted);
    if (known) return known;
    if (asking.has(wanted)) throw new Error(`${[...asking, wanted].map(({ id }) => id).join(' → ')} is a circle of facts`);
    asking.add(wanted);
    const outcome = compute(wanted);
    asking.delete(wanted);
    outcomes.set(wanted, outcome);
    return outcome;
  };
  const compute = (wanted: Asked): Outcome => {
    try {
      return { value: wanted.compute(get), reason: null };
    } catch (error) {
      if (error instanceof Unknown) return { value: null, reason: error.reason };
      throw error;
    }
  };
  const get: Get<Input> = Object.assign(
    <T>(wanted: Fact<T, Input>): T => {
      const { value, reason } = outcomeOf(wanted);
      if (value === null) throw new Unknown(reason);
      return value as T;
    },
    {
      input,
      maybe: <T>(wanted: Fact<T, Input>): T | null => outcomeOf(wanted).value as T | null,
      why: (wanted: Asked): Reason | null => outcomeOf(wanted).reason,
    },
  );
  return get;
}
