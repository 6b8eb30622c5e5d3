import { expect, test } from 'vitest';
import { keptArgs, keptArgsOfSuffix } from '../../../src/trace/keptArgs.js';
import { rowsOf, valuesOf } from '../../table/rowsOf.js';
import { event, readEvents } from '../buildTrace.js';

test('args that keptArgs names are kept with the row they belong to', () => {
  const { tables } = readEvents(
    event.complete('wasm.CompileLazy', 50, 1, { args: { func_index: 224, other: 1 } }),
    event.complete('FunctionCall', 10, 5, { args: { data: { functionName: 'run "x"', url: 'http://a', frame: 'F' } } }),
    event.complete('nobody asks', 0, 5, { args: { data: { url: 'http://b' } } }),
  );
  expect(valuesOf(tables.args, 'table', 'row', 'key', 'text', 'number')).toEqual([
    ['slices', 1, 'data.url', 'http://a', Number.NaN],
    ['slices', 1, 'data.functionName', 'run "x"', Number.NaN],
    ['slices', 2, 'func_index', '224', 224],
  ]);
});

test('Chrome writes args before the name', () => {
  const fields = event.complete('wasm.CompileLazy', 50, 1);
  const { tables } = readEvents({ args: { func_index: 3 }, ...fields });
  expect(valuesOf(tables.args, 'number')).toEqual([[3]]);
});

test('an array in the path gives a row per element', () => {
  const frames = [{ url: 'http://a', processId: 7 }, { url: 'http://b' }];
  const { tables } = readEvents(event.instant('TracingStartedInBrowser', 1, { args: { data: { frames } } }));
  expect(valuesOf(tables.args, 'table', 'key', 'text')).toEqual([
    ['instants', 'data.frames[].url', 'http://a'],
    ['instants', 'data.frames[].url', 'http://b'],
    ['instants', 'data.frames[].processId', '7'],
  ]);
});

test('args of an E belong to the slice it closes, and to nothing if it closes none', () => {
  const { tables } = readEvents(
    event.begin('MinorGC', 1, { args: { usedHeapSizeBefore: 10 } }),
    event.end('MinorGC', 2, { args: { usedHeapSizeAfter: 4 } }),
    event.end('MinorGC', 3, { args: { usedHeapSizeAfter: 5 } }),
  );
  expect(valuesOf(tables.args, 'row', 'key', 'number')).toEqual([
    [0, 'usedHeapSizeBefore', 10],
    [0, 'usedHeapSizeAfter', 4],
  ]);
});

test('args of an E come after those of its B, in whatever order they are read', () => {
  const { tables } = readEvents(
    event.end('MinorGC', 2, { args: { usedHeapSizeAfter: 4 } }),
    event.begin('MinorGC', 1, { args: { usedHeapSizeBefore: 10 } }),
  );
  expect(valuesOf(tables.args, 'key').flat()).toEqual(['usedHeapSizeBefore', 'usedHeapSizeAfter']);
});

test('args are kept by the end of a name, too', () => {
  const args = { op_name: 'Conv', provider: 'CPUExecutionProvider', output_type_shape: [{ float: [1, 2] }], other: 1 };
  const { tables } = readEvents(event.complete('conv_1_kernel_time', 1, 2, { args }));
  expect(valuesOf(tables.args, 'key', 'text')).toEqual([
    ['op_name', 'Conv'],
    ['provider', 'CPUExecutionProvider'],
    ['output_type_shape', '[{"float":[1,2]}]'],
  ]);
});

test('args that are no object, or other than expected, are no arg', () => {
  const { tables } = readEvents(
    event.complete('FunctionCall', 0, 1, { args: '__stripped__' }),
    event.complete('FunctionCall', 2, 1, { args: { data: [1] } }),
    event.complete('FunctionCall', 4, 1, { args: { data: { url: { a: 1 } } } }),
    event.instant('TracingStartedInBrowser', 5, { args: { data: { frames: 'none' } } }),
  );
  expect(rowsOf(tables.args).map(({ text }) => text)).toEqual(['{"a":1}']);
});

test('an event may be named like a member of every object', () => {
  const names = ['constructor', '__proto__', 'toString', 'hasOwnProperty'];
  const { tables } = readEvents(...names.map((name, i) => event.complete(name, i, 1, { args: { a: 1 } })));
  expect(valuesOf(tables.slices, 'name').flat()).toEqual(names);
  expect(tables.args.length).toBe(0);
});

test('every kept path is well formed', () => {
  for (const path of [...Object.values(keptArgs), ...Object.values(keptArgsOfSuffix)].flat())
    expect(path).toMatch(/^[A-Za-z_]+(\[\])?(\.[A-Za-z_]+(\[\])?)*$/);
});
