/** Why something is not known: an id that scripts can rely on, and a sentence for the reader. */
export interface Reason {
  readonly id: string;
  readonly text: string;
}

/**
 * Something that can be known of one input. It is computed when it is first asked for, and once. Null: it does not apply to such an
 * input. `unknown()` ends the computing with the reason.
 */
export interface Fact<T, Input> {
  readonly id: string;
  readonly compute: (get: Get<Input>) => T | null;
}

/** What a fact gives where it is known. */
export type Known<F> = F extends { readonly compute: (get: never) => infer T } ? NonNullable<T> : never;

/** Asks for facts on behalf of one. */
export interface Get<Input> {
  readonly input: Input;
  /** The fact. Where it is not known, the asker is not known either, for the same reason. */
  <T>(wanted: Fact<T, Input>): T;
  /** The fact, or null where the asker can do without. */
  maybe<T>(wanted: Fact<T, Input>): T | null;
  /** Why it is not known; null where it is, or where it does not apply. */
  why(wanted: Fact<unknown, Input>): Reason | null;
}

/** Says, inside a fact, that it cannot be known, and why. */
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
 * One `get` for one input.
 * @throws Error where facts ask for each other in a circle: it names them
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
