import type { ProbeKind } from '../../../../collectors/probes/probeModules.js';
import { createBase } from '../base.js';
import { type CreatePlant, clocked, inTheMiddle } from '../plant.js';

/** A kernel of another instruction set beside the base. */
export const kernel =
  (kind: ProbeKind): CreatePlant =>
  async (base) => {
    const other = await createBase(kind);
    return inTheMiddle(base, (amountMs) => clocked(() => other.run(amountMs)));
  };
