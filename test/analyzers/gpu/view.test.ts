import { expect, test } from 'vitest';
import { view } from '../../../analyzers/gpu/view.js';
import type { Block, Cell, Table } from '../../../src/view/block.js';
import { buildAnalysis } from '../../report/buildAnalysis.js';
import { buildGpuAnalysis, buildGpuUse, phase } from '../../report/buildGpuAnalysis.js';

const blocksOf = (changed: Parameters<typeof buildGpuUse>[0] = {}): readonly Block[] =>
  view.blocks(buildGpuAnalysis({ gpu: buildGpuUse(changed) }));
const tableOf = (blocks: readonly Block[], caption: RegExp): Table | undefined =>
  blocks.find((each): each is Table => each.block === 'table' && caption.test(each.caption));

/** A cell by its column's name in data. */
function cell({ columns, rows }: Table, row: number, id: string): Cell {
  return rows[row]![columns.findIndex((column) => column.id === id)]!;
}

test('a count is a mean of predictions, with what it took below it, and all of that is numbers in the data', () => {
  const predictions = { ...buildGpuUse().phases.predictions!, uploads: 1.5, uploadBytes: 4096, uploadMs: 2, programs: 0 };
  const table = tableOf(blocksOf({ phases: { setup: null, warmup: null, predictions } }), /^Work by phase/)!;
  expect(table.rows).toHaveLength(1);
  expect(cell(table, 0, 'uploads')).toMatchObject({ value: 1.5, notes: ['4.10 kB', '2.00 ms'] });
  expect(cell(table, 0, 'uploadBytes').value).toBe(4096);
  expect(cell(table, 0, 'programs')).toMatchObject({ value: 0, notes: [] });
  const untimed = tableOf(blocksOf({ phases: { setup: null, warmup: null, predictions: phase({}) } }), /^Work by phase/)!;
  expect([cell(untimed, 0, 'processMs').value, cell(untimed, 0, 'deviceMs').value]).toEqual([null, null]);
});

test('programs made in predictions come first, then those made most often', () => {
  const [row] = buildGpuUse().programs.rows;
  const rows = [
    { ...row!, call: 'once', count: 1, predictions: 0 },
    { ...row!, call: 'twice', count: 2, predictions: 0, label: 'conv' },
    { ...row!, call: 'late', count: 1, predictions: 1 },
  ];
  const table = tableOf(blocksOf({ programs: { ...buildGpuUse().programs, rows } }), /^Programs by source/)!;
  expect(table.rows.map((_, i) => cell(table, i, 'call').value)).toEqual(['late', 'twice', 'once']);
  expect(cell(table, 1, 'call').notes).toEqual(['made 2 times', 'conv']);
});

test('a call has its place, which unfolds to the stack; where that was not written down, it says so', () => {
  const [call] = buildGpuUse().calls;
  const table = tableOf(blocksOf({ calls: [call!, { ...call!, site: null }] }), /^Calls by place/)!;
  expect(cell(table, 0, 'site')).toMatchObject({ value: 'run, ort.min.mjs:84:109', unfolds: call!.site!.stack, notes: [] });
  expect(cell(table, 1, 'site')).toMatchObject({ value: null, unfolds: [], notes: ['not written down'] });
});

test('software rendering puts the device in doubt, on the page and in the terminal', () => {
  const [device] = buildGpuUse().devices;
  const devices = [device!, { ...device!, software: false }];
  const table = tableOf(blocksOf({ devices }), /^Devices/)!;
  expect(devices.map((_, i) => cell(table, i, 'kind').doubt !== null)).toEqual([true, false]);
  const toneOf = (of: typeof devices) => view.brief(buildGpuAnalysis({ gpu: buildGpuUse({ devices: of }) }))[0]!.tone;
  expect([toneOf(devices), toneOf(devices.slice(1))]).toEqual(['doubt', 'plain']);
});

test('of a GPU that got no work there is one line, of its device', () => {
  const phases = { ...buildGpuUse().phases, predictions: phase({}) };
  const lines = view.brief(buildGpuAnalysis({ gpu: buildGpuUse({ phases, calls: [] }) }));
  expect(lines).toMatchObject([{ label: 'GPU', tone: 'aside' }]);
});

test('complaints are counted, and listed where there are any', () => {
  const blocks = blocksOf({ losses: ['unknown'], errors: ['Binding size is zero.'] });
  expect(tableOf(blocks, /^Complaints/)!.rows.map(([message]) => message!.value)).toEqual([
    'Lost: unknown',
    'Binding size is zero.',
  ]);
  expect(tableOf(blocksOf({ losses: [], errors: [] }), /^Complaints/)).toBeUndefined();
});

test('without a GPU there is nothing to say, and without a log only that', () => {
  expect(view.blocks(buildAnalysis())).toEqual([]);
  expect(view.brief(buildAnalysis())).toEqual([]);
  expect(view.blocks(buildGpuAnalysis({ gpu: null }))).toMatchObject([{ block: 'paragraph', tone: 'lead' }]);
});
