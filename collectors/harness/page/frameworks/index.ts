import type { FrameworkId } from '../../../frameworks.js';
import type { PageFramework } from '../framework.js';
import { litert } from './litert.js';
import { ort } from './ort.js';
import { tfjs } from './tfjs.js';

/** The frameworks that the harness page can run, by id. They are those of collectors/frameworks.ts. */
export const pageFrameworks: Readonly<Record<string, () => PageFramework>> = { ort, tfjs, litert } satisfies Record<
  FrameworkId,
  () => PageFramework
>;
