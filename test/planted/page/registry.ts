import type { PageFramework } from '../../../collectors/harness/page/framework.js';
import { ort } from '../../../collectors/harness/page/frameworks/ort.js';
import { tfjs } from '../../../collectors/harness/page/frameworks/tfjs.js';
import { plantedGpu } from '../gpu/page/plantedGpu.js';
import { twice } from '../gpu/page/twice.js';
import { fixedWork } from './fixedWork.js';
import { planted } from './planted.js';

/** Stands in for the product's registry in the test's page. */
export const pageFrameworks: Readonly<Record<string, () => PageFramework>> = {
  planted,
  plantedGpu,
  fixedWork,
  ortTwice: twice(ort),
  tfjsTwice: twice(tfjs),
};
