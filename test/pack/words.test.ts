import { expect, test } from 'vitest';
import type { ZodType } from 'zod';
import { causes } from '../../analyzers/partition/causes/index.js';
import { builtins, engineFrames, gpuCalls } from '../../analyzers/partition/causes/rules.js';
import { accuracyLogSchema } from '../../src/bundle/accuracyLog.js';
import { gpuLogSchema } from '../../src/bundle/gpuLog.js';
import { heapLogSchema } from '../../src/bundle/heapLog.js';
import { baselineSchema, manifestSchema } from '../../src/bundle/manifest.js';
import { memoryLogSchema } from '../../src/bundle/memoryLog.js';
import { operatorLogSchema } from '../../src/bundle/operatorLog.js';
import { pageManifestSchema } from '../../src/bundle/pageManifest.js';
import { qoeLogSchema } from '../../src/bundle/qoeLog.js';
import { schedulingSchema } from '../../src/bundle/scheduling.js';
import { videoLogSchema } from '../../src/bundle/videoLog.js';
import { wasmLogSchema } from '../../src/bundle/wasmLog.js';
import { isEvent } from '../../src/pack/vocabulary/chrome.js';
import { isPhrase } from '../../src/pack/vocabulary/own.js';
import { isApi } from '../../src/pack/vocabulary/web.js';
import { keptArgs } from '../../src/trace/keptArgs.js';
import { keptFlows } from '../../src/trace/keptFlows.js';

const schemas = {
  manifestSchema,
  pageManifestSchema,
  baselineSchema,
  schedulingSchema,
  gpuLogSchema,
  operatorLogSchema,
  memoryLogSchema,
  wasmLogSchema,
  heapLogSchema,
  qoeLogSchema,
  accuracyLogSchema,
  videoLogSchema,
};

/** Every word that a schema has in it: the values of its enums and literals. */
function wordsOf(schema: unknown, seen = new Set<unknown>()): string[] {
  if (typeof schema !== 'object' || schema === null || seen.has(schema)) return [];
  seen.add(schema);
  if ('_zod' in schema) return wordsOf((schema as ZodType)._zod.def, seen);
  const { type, entries, values } = schema as { type?: unknown; entries?: object; values?: unknown[] };
  if (type === 'enum') return Object.values(entries ?? {}).map(String);
  if (type === 'literal') return (values ?? []).map(String);
  return Object.values(schema).flatMap((inner) => wordsOf(inner, seen));
}

test.each(Object.entries(schemas))('what %s accepts as one of several values stays', (_, schema) => {
  const words = wordsOf(schema);
  expect(words.length).toBeGreaterThan(0);
  expect(words.filter((word) => !isPhrase(word))).toEqual([]);
});

test('names that say to finders what happened stay', () => {
  const named = Object.values(causes).flatMap(({ slices = [], waits = [], endsWait = [], elseEndsWait = [], gpuProcess = [] }) =>
    [slices, waits, endsWait, elseEndsWait, gpuProcess].flat().filter((rule) => typeof rule === 'string'),
  );
  const events = [...named, ...Object.keys(keptArgs), ...keptFlows];
  expect(events.filter((name) => !isEvent(name))).toEqual([]);
  expect([...builtins.keys(), ...engineFrames.keys(), ...gpuCalls.keys()].filter((name) => !isApi(name))).toEqual([]);
});
