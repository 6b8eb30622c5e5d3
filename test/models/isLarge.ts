import type { Model } from '../../models/model.js';

const LARGE = 10_000_000;
/** Of the transformers none is small, and one is to be in every run of the tests. */
const REPRESENTATIVE = 'mobilebert';

/** Whether writing and running a model takes so long that it is left to `npm run test:slow`. */
export const isLarge = ({ name, parameters }: Model): boolean => parameters > LARGE && name !== REPRESENTATIVE;
