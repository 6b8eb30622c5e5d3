import { bundles } from './bundles.js';
import { models } from './models.js';
import { modules } from './modules.js';
import type { Property } from './property.js';
import { studies, studyPlans } from './studies.js';
import { traces } from './traces.js';

/** What is read from outside, a line each. `npm test` tries some inputs of each, `npm run fuzz` as many as there is time for. */
export const properties: readonly Property[] = [traces, bundles, modules, models, studyPlans, studies];
