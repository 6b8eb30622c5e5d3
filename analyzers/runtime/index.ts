import { activities } from '../activity/callStacks.js';
import { wasmFunctions } from '../activity/polling.js';
import { fact, type Get, sampledEveryUs, trace } from '../input.js';
import { split, typicalSplit } from '../partition/splitWindows.js';
import { type Note, question, warning } from '../question.js';
import { windows } from '../windows/index.js';
import { FEW_INFERENCES } from '../windows/question.js';
import { compileUse } from './compile.js';
import { gcUse } from './garbageCollection.js';
import { glueUse } from './glue.js';
import { growthOfMemory } from './memoryGrowth.js';
import { view } from './view.js';

const compile = fact('compile', (get) => compileUse(get(trace), get(windows), get(split), get(wasmFunctions), get(activities)));

/** The cost of V8 and of the framework's bindings. */
export const runtime = question({
  facts: {
    /** What V8 compiled, when, and what waited for it; null where the trace does not tell. */
    compile,
    /** Garbage collections of the run's processes; null without a window, or where there were none. */
    gc: fact('gc', (get) => gcUse(get(trace), get(windows), get.maybe(sampledEveryUs))),
    /** JavaScript behind runtime.glue and runtime.memory in typical windows; null where none was sampled in them. */
    glue: fact('glue', (get) => {
      get(windows);
      return glueUse(get(trace), get(typicalSplit), get(activities));
    }),
    /** Growth of Wasm memories; null without a window, or where none grew. */
    memoryGrowth: fact('memoryGrowth', (get) => growthOfMemory(get(trace), get(windows))),
  },
  notes: baselineTier,
  view,
});

function baselineTier(get: Get): Note[] {
  const found = get.maybe(windows)?.windows.length ?? 0;
  const isOptimized = get.maybe(compile)?.beforeTopTier?.jobs !== 0;
  if (!get.input.page?.page.fromStart || found < FEW_INFERENCES || isOptimized) return [];
  return [
    warning(
      'baseline-tier',
      `In this recording V8 compiled Wasm functions and optimized none, in spite of ${found} inferences: they ran in its slow baseline tier. A debugger keeps them there: close DevTools, and whatever else debugs this page, and record it again.`,
    ),
  ];
}
