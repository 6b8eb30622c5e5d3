import { expect, test } from 'vitest';
import { family, sampled } from '../../../../analyzers/partition/causes/cause.js';
import {
  causeFills,
  causeIds,
  causeOf,
  causePaint,
  causes,
  contention,
  families,
  familyOf,
} from '../../../../analyzers/partition/causes/index.js';

test('ids are their family and their name, in the order of charts, unattributed last', () => {
  expect(causeIds).toEqual([
    'isa.scalar',
    'isa.simd128',
    'isa.relaxed',
    'isa.atomic',
    'isa.unknown',
    'runtime.compile',
    'runtime.gc',
    'runtime.glue',
    'runtime.memory',
    'page.script',
    'contention.preempted',
    'contention.lock',
    'contention.workers',
    'contention.spin',
    'contention.page',
    'gpu.encode',
    'gpu.ipc',
    'gpu.validate',
    'gpu.compile',
    'gpu.sync',
    'gpu.transfer',
    'gpu.execute',
    'wait.timer',
    'wait.network',
    'wait.message',
    'wait.blocked',
    'unattributed',
  ]);
  expect(contention.page.id).toBe('contention.page');
  expect(causeIds.map(familyOf)).toEqual(causeIds.map((id) => (id === 'unattributed' ? null : id.split('.')[0])));
});

test('every cause has a colour of its own', () => {
  const fills = causeIds.map((id) => causePaint(id).fill);
  expect(new Set(fills).size).toBe(causeIds.length);
  expect(causeFills).toEqual(expect.arrayContaining(fills));
});

test('advice is what to do, and different for each cause', () => {
  const titles = causeIds.flatMap((id) => causes[id].advice?.title ?? []);
  expect(titles.length).toBeGreaterThan(0);
  expect(new Set(titles).size).toBe(titles.length);
});

test.each(['constructor', '__proto__.page', 'toString', '', 'gpu', 'gpu.constructor', 'wait.page'])(
  'text from a document that is no id names no cause: %j',
  (id) => {
    expect(causeOf(id)).toBeNull();
    const family = familyOf(id);
    expect(causePaint(id).fill).toBe(family === null ? causes.unattributed.fill : families[family].fill);
  },
);

test('a cause with all parts gets its id; without one of them it does not compile', () => {
  const parts = { title: 'Regular expressions', meaning: 'V8 executing regular expressions.', evidence: sampled } as const;
  const added = family('runtime', { regexp: { ...parts, fill: '#7a5a10', frames: { engine: ['(regexp)'] } } });
  const id: 'runtime.regexp' = added.regexp.id;
  expect(id).toBe('runtime.regexp');
  // @ts-expect-error: it has no fill
  family('runtime', { regexp: parts });
  // @ts-expect-error: nothing says what proves it
  family('runtime', { regexp: { title: '', meaning: '', fill: '#7a5a10' } });
});
