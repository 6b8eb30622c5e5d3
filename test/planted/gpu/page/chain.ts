/** What every prediction asks of the GPU, with and without a plant: a chain of small operators, each on what the one before it made. */
export interface Chain {
  /** Records one operator. */
  operator(): void;
  /** Waits until all that was asked for is done, as frameworks do: by reading back what it made. */
  readBack(): Promise<void>;
}

/** Operators of a prediction. */
export const OPERATORS = 50;
/** Numbers that each works on. */
export const WIDTH = 1024;
