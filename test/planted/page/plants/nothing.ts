import { type CreatePlant, inTheMiddle } from '../plant.js';

/** Nothing in the page: the cause comes from outside. */
export const nothing: CreatePlant = async (base) => inTheMiddle(base, () => 0);
