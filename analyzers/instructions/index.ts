import { wasmFunctions } from '../activity/polling.js';
import { threadLabel } from '../activity/threads.js';
import { coreShare, functionTimes } from '../functions/index.js';
import { bundle, fact, type Get, trace } from '../input.js';
import { typicalSplit } from '../partition/splitWindows.js';
import { type Note, question, warning } from '../question.js';
import { foundWindows } from '../windows/index.js';
import { executedInstructions } from './executed.js';
import { fewerThreads, instructionUse } from './instructionSet.js';
import { view } from './view.js';

/** Which of the CPU's instructions ran, and why not more of them. */
export const instructions = question({
  facts: {
    /** Null where no Wasm ran in the windows. */
    instructionSet: fact('instructionSet', (get) => {
      const { manifest, baseline } = get.input;
      const owners = new Set(get(foundWindows).windows.map(({ thread }) => threadLabel(get(trace), thread)));
      const machine = get.maybe(bundle)?.machine ?? null;
      return instructionUse(get(functionTimes), owners, get(wasmFunctions).functions, manifest, baseline, machine);
    }),
    /** What a prediction executes; null where that was not counted. */
    executed: fact('executed', (get) => {
      const { counts } = get.input;
      if (!counts) return null;
      const predictions = get.maybe(typicalSplit)?.length ?? 0;
      return executedInstructions(counts, get.maybe(functionTimes) ?? [], predictions, get.maybe(coreShare) ?? 1);
    }),
  },
  notes: threadNotes,
  view,
});

function threadNotes({ input: { manifest, baseline } }: Get): Note[] {
  const fewer = manifest && fewerThreads(manifest, baseline);
  return fewer ? [warning('fewer-threads', fewer)] : [];
}
