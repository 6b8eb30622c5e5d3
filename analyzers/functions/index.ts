import { unknown } from '../../src/fact.js';
import { activities } from '../activity/callStacks.js';
import { wasmFunctions } from '../activity/polling.js';
import { wasmParts } from '../activity/wasmParts.js';
import type { Window } from '../activity/window.js';
import { bundle, fact, type Get, trace } from '../input.js';
import { contention } from '../partition/causes/index.js';
import { typicalSplit } from '../partition/splitWindows.js';
import { type Note, question, warning } from '../question.js';
import { splittableWindows, windowStandings } from '../windows/index.js';
import { wasmFunctionTimes } from './functionTimes.js';
import { view } from './view.js';
import { wasmUse } from './wasmUse.js';

export const functionTimes = fact('functionTimes', (get) =>
  wasmFunctionTimes(get(trace), typicalOf(get), get(wasmFunctions).functions, get(activities), get(wasmParts), get(coreShare)),
);

/** Part of the typical windows' time in which their thread did not lack a core. */
export const coreShare = fact('coreShare', (get) => {
  const windows = get.maybe(typicalSplit) ?? [];
  const us = windows.reduce((sum, { window }) => sum + window.endUs - window.startUs, 0);
  const lackedUs = windows.reduce((sum, { split }) => sum + split[contention.preempted.id], 0);
  return us > 0 ? 1 - lackedUs / us : 1;
});

const typicalOf = (get: Get): Window[] => {
  const found = get(windowStandings);
  return get(splittableWindows).windows.filter((_, i) => found[i] === 'typical');
};

const moduleBytes = fact('moduleBytes', (get) =>
  get.input.modules.length > 0 || get(wasmFunctions).functions.every((sampled) => sampled === null)
    ? true
    : unknown('no-modules', 'The bytes of the Wasm modules are not there, so the instructions that ran are unknown.'),
);

/** Which Wasm functions ran, and which modules they are of. */
export const functions = question({
  facts: { wasm: fact('wasm', (get) => wasmUse(get(functionTimes), get(wasmFunctions))) },
  helpedBy: [moduleBytes],
  notes: moduleNotes,
  view,
});

function moduleNotes(get: Get): Note[] {
  if (!get.input.trace) return [];
  const list: Note[] = [];
  const ran = get.maybe(bundle)?.modules.length ?? 0;
  const missing = ran - get.input.modules.length;
  if (missing > 0) {
    const those = ran === 1 ? 'The Wasm module that ran is' : `${missing} of the ${ran} Wasm modules that ran are`;
    list.push(warning('missing-modules', `${those} not in the bundle: it was copied in part.`));
  }
  for (const { url, reason } of get(wasmFunctions).broken)
    list.push(warning('broken-module', `The module ${url} cannot be read: ${reason}.`));
  return list;
}
