import { mean } from 'simple-statistics';
import { expect, test } from 'vitest';
import { isa } from '../../analyzers/partition/causes/index.js';
import { MIXED_FILE, mixedModule } from '../wasm/mixedModule.js';
import { recordPlan } from './recordPlan.js';

/** Points of the page's own clock. */
const MARGIN = 3;

test.each([0, 30, 70, 100])(
  'a function with a vector loop and a scalar loop that has %d % of the iterations counts for both, as the page’s own clock has them',
  async (scalarPercent) => {
    const { analysis, measuredMs } = await recordPlan(
      { plant: 'mixedLoops', base: 'simd128', amountMs: scalarPercent, iterations: 40 },
      { on: 'worker', v8Flags: [], counted: { [MIXED_FILE]: mixedModule() } },
    );
    const ms = (id: string): number => analysis.partition!.causes.find((cause) => cause.id === id)?.ms ?? 0;
    const found = (100 * ms(isa.scalar.id)) / (ms(isa.scalar.id) + ms(isa.simd128.id));
    const planted = mean(measuredMs);
    console.log(`scalar: planted ${planted.toFixed(1)} %, found ${found.toFixed(1)} %`);
    expect(Math.abs(found - planted)).toBeLessThanOrEqual(MARGIN);
    // Nearly all of the window is in this function.
    const [mixed] = analysis.wasm!.functions;
    expect(mixed).toMatchObject({ counted: true });
    expect(mixed!.share).toBeGreaterThan(0.8);
  },
);
