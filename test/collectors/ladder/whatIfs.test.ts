import { describe, expect, test } from 'vitest';
import { type FrameworkId, frameworks } from '../../../collectors/frameworks.js';
import { WHAT_IFS, type WhatIfRun, whatIfRungs } from '../../../collectors/ladder/whatIfs.js';
import { PLAIN_PAGE } from '../../../src/bundle/rungPage.js';

const usual: WhatIfRun = {
  framework: 'ort',
  backend: 'wasm',
  threads: 1,
  on: 'worker',
  cores: 2,
  simd: null,
  freeDimensions: 1,
  others: [{ framework: 'tfjs', lack: null }],
};
const all = (run: Partial<WhatIfRun> = {}) => whatIfRungs({ ...usual, ...run }, WHAT_IFS);
const idsOf = (run: Partial<WhatIfRun> = {}): string[] => all(run).rungs.map(({ id }) => id);
const whyOf = (run: Partial<WhatIfRun> = {}) => new Map(all(run).lacks.map(({ id, why }) => [id, why]));

describe('whatIfRungs', () => {
  test('of ONNX Runtime on Wasm changes modules, vectors, builds, the session, shapes, the library and the headers', () => {
    expect(idsOf()).toEqual([
      'same',
      'fma',
      'width',
      'width.fma',
      'build.asyncify',
      'build.jsep',
      'build.jspi',
      'session',
      'shapes',
      'library.tfjs',
      'isolation',
    ]);
    expect([...whyOf().keys()]).toEqual(['io', 'graph']);
  });

  test('each is beside the chain, and one thing apart from the page as used', () => {
    const { rungs, tolerances } = all({ threads: 2 });
    for (const { id, side, page, v8Flags, threads } of rungs) {
      expect(side).toBe(true);
      expect(tolerances.get(id)).toBeGreaterThan(0);
      const changed = Object.entries(page).filter(([key, value]) => value !== PLAIN_PAGE[key as keyof typeof page]);
      const parts = changed.length + v8Flags.length;
      expect([id, parts]).toEqual([id, { same: 0, 'width.fma': 2 }[id] ?? 1]);
      expect(threads).toBe(id === 'isolation' ? 1 : 2);
    }
  });

  test('outputs of what rounds as before are compared more closely than those of fused code, and of another library', () => {
    const { tolerances } = all();
    const [same, fma, library] = ['same', 'fma', 'library.tfjs'].map((id) => tolerances.get(id)!);
    expect(same).toBeLessThan(fma!);
    expect(fma).toBeLessThan(library!);
    for (const id of ['width', 'session', 'shapes', 'isolation']) expect(tolerances.get(id)).toBe(same);
  });

  test('on the GPU leaves outputs there and captures the graph, and changes no Wasm', () => {
    expect(idsOf({ backend: 'webgpu' })).toEqual([
      'same',
      'build.jsep',
      'build.jspi',
      'session',
      'io',
      'shapes',
      'graph',
      'library.tfjs',
      'isolation',
    ]);
    expect(whyOf({ backend: 'webgpu' }).get('fma')).toContain('this is about Wasm code');
    expect(idsOf({ backend: 'webgl', framework: 'tfjs', others: [] })).toContain('io');
  });

  test('says why of what cannot be asked', () => {
    expect(whyOf({ freeDimensions: 0 }).get('shapes')).toContain('no dimension free');
    expect(whyOf({ threadsIfIsolated: 2 }).get('isolation')).toContain('not isolated');
    expect(whyOf({ others: [{ framework: 'tfjs', lack: 'the model is not there' }] }).get('library.tfjs')).toBe(
      'the model is not there',
    );
    expect(whyOf({ others: [] }).get('library')).toBe('there is no other framework');
    const several = whyOf({ framework: 'tfjs', simd: true, threads: 2 });
    expect(several.get('build.threaded')).toContain('one thread');
    const scalar = whyOf({ framework: 'tfjs', simd: false });
    for (const id of ['fma', 'width', 'build.threaded', 'library.tfjs']) expect(scalar.get(id)).toContain('vector');
    expect(whyOf({ backend: 'webgl', framework: 'ort' }).get('build')).toContain('no other build');
  });

  test('another framework has SIMD where it has the choice', () => {
    const rung = all().rungs.find(({ id }) => id === 'library.tfjs')!;
    expect(rung).toMatchObject({ simd: true, page: { framework: 'tfjs' } });
    expect(all({ backend: 'webgpu' }).rungs.find(({ id }) => id === 'library.tfjs')!.simd).toBeNull();
  });

  test.each(Object.keys(frameworks) as FrameworkId[])('builds and session changes of %s name backends that it has', (id) => {
    const { backends, builds, sessionChanges } = frameworks[id];
    const named = [...Object.values(builds).flatMap((build) => build.backends), ...Object.values(sessionChanges).flat()];
    expect(named.filter((backend) => !(backends as readonly string[]).includes(backend))).toEqual([]);
  });
});
