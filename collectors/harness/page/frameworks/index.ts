import type { PageFramework } from '../framework.js';
import { ort } from './ort.js';
import { tfjs } from './tfjs.js';

/** The frameworks that the harness page can run, by id. */
export const pageFrameworks: Readonly<Record<string, () => PageFramework>> = { ort, tfjs };
