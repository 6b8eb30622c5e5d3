import { expect, test } from 'vitest';
import { compared } from '../../../analyzers/comparison/compared.js';
import { comparisonBlocks, comparisonLines } from '../../../analyzers/comparison/view.js';
import { tableIn } from '../../../src/view/block.js';
import { buildAnalysis } from '../../report/buildAnalysis.js';

const before = buildAnalysis();

/** One cause and one operator take 7 ms longer. */
function slower(ms: number) {
  const { partition, kernels, kernelTotals } = before;
  const [cause, ...causes] = partition!.causes;
  const [node, ...nodes] = kernels;
  const groups = kernelTotals!.groups.map((group) => (group.kind === node!.kind ? { ...group, ms: group.ms + ms } : group));
  return buildAnalysis({
    partition: {
      ...partition!,
      typical: { ...partition!.typical, ms: partition!.typical.ms + ms },
      causes: [{ ...cause!, ms: cause!.ms + ms, ci95Ms: [cause!.ci95Ms[0] + ms, cause!.ci95Ms[1] + ms] }, ...causes],
    },
    kernels: [{ ...node!, ms: node!.ms + ms }, ...nodes],
    kernelTotals: { ...kernelTotals!, ms: kernelTotals!.ms + ms, groups },
  });
}

test('what grew stands first, and the differences sum to that of the whole', () => {
  const { causes, window, nodes, operators, operatorSum } = compared(before, slower(7));
  expect(window!.differenceMs).toBeCloseTo(7, 9);
  expect(causes.reduce((sum, { differenceMs }) => sum + differenceMs!, 0)).toBeCloseTo(7, 9);
  expect(causes[0]).toMatchObject({ id: before.partition!.causes[0]!.id });
  expect(causes[0]!.differenceMs).toBeCloseTo(7, 9);
  expect(nodes[0]).toMatchObject({ what: before.kernels[0]!.name, operator: before.kernels[0]!.operator, in: 'both' });
  expect(nodes[0]!.differenceMs).toBeCloseTo(7, 9);
  expect(operators[0]!.differenceMs).toBeCloseTo(7, 9);
  expect(operatorSum!.differenceMs).toBeCloseTo(7, 9);
});

test('an operator that only one graph has takes no time in the other', () => {
  const [first, ...others] = before.kernels;
  const after = buildAnalysis({ kernels: [{ ...first!, name: 'fused' }, ...others] });
  const changed = compared(before, after).nodes.filter((node) => node.in !== 'both');
  expect(changed.map(({ what, in: where, aMs, bMs }) => [what, where, aMs, bMs])).toEqual(
    expect.arrayContaining([
      [first!.name, 'a', first!.ms, 0],
      ['fused', 'b', 0, first!.ms],
    ]),
  );
  expect(compared(before, buildAnalysis({ kernels: [] })).nodes).toEqual([]);
});

test('is shown with its sums, causes and operators, and in brief in a few lines', () => {
  const comparison = compared(before, slower(7));
  const names = { a: '1.3', b: '1.4' };
  const blocks = comparisonBlocks(comparison, names);
  const captions = blocks.flatMap((block) => (block.block === 'table' ? [block.caption] : []));
  expect(captions).toEqual(expect.arrayContaining(['Causes', 'Operators by kind', 'Operators one by one', 'Latency']));
  const causes = blocks.find((block) => block.block === 'table' && block.caption === 'Causes');
  if (causes?.block !== 'table') throw new Error('no causes');
  expect(tableIn('page', causes).columns.map(({ head }) => head)).toEqual(['Cause', '1.3', '1.4', 'Difference', 'Ratio']);
  const lines = comparisonLines(comparison);
  expect(lines.length).toBeLessThanOrEqual(5);
  expect(lines[0]).toMatchObject({ label: 'Causes', value: '+7.00 ms' });
  expect(lines[0]!.text).toContain(before.partition!.causes[0]!.title);
});

test('a recording that is void is named with its reasons, also in brief', () => {
  const reasons = [{ id: 'battery', level: 'void' as const, text: 'It ran on a battery.' }];
  const unsound = buildAnalysis({ validity: { verdict: 'void', reasons } });
  const comparison = compared(before, unsound, { a: '1.3', b: '1.4' });
  const text = 'The recording of 1.4 is no valid measurement: It ran on a battery.';
  expect(comparison.unfit).toEqual([text]);
  expect(comparisonLines(comparison)[0]).toMatchObject({ text, tone: 'doubt' });
  expect(comparisonBlocks(comparison, { a: '1.3', b: '1.4' })[0]).toMatchObject({ block: 'paragraph' });
});

test('of one recording with itself nothing grew', () => {
  const { causes, operators, nodes } = compared(before, before);
  expect([...causes, ...operators, ...nodes].every(({ differenceMs }) => differenceMs === 0)).toBe(true);
});
