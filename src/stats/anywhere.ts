/** The interval of what too few observations tell nothing of. */
export const ANYWHERE: readonly [low: number, high: number] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
