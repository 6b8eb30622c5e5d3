/** Infinite where there is too little to make one of; in JSON null. */
export type Interval = readonly [low: number, high: number];
/** The interval of what too few observations tell nothing of. */
export const ANYWHERE: readonly [low: number, high: number] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
