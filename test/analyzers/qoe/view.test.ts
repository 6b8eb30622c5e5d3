import { describe, expect, test } from 'vitest';
import { qoeOf } from '../../../analyzers/qoe/qoe.js';
import { view } from '../../../analyzers/qoe/view.js';
import { log, threeRounds } from './buildRounds.js';

const textOf = (options: { readonly waited?: number } = {}, changes: Partial<typeof log> = {}): string =>
  JSON.stringify(view.blocks({ qoe: qoeOf({ ...log, ...changes, rounds: [] }, threeRounds(options)) }));

describe('the section on a page that is used', () => {
  test('says first what inference adds on the main thread and in a worker', () => {
    const text = textOf();
    expect(text).toContain('With inference on the main thread');
    expect(text).toContain('input to paint takes 100 % longer (95 % 100 % to 100 %)');
    expect(text).toContain('75.0 % of vsyncs are smooth');
    expect(text).toContain('in a worker');
    expect(text).toContain('10 % longer');
    expect(text).toMatch(/from 50\.0 ms to 27\.5 ms \(measured\)/);
  });

  test('says instead that the machine was busy, where it was', () => {
    const text = textOf({ waited: 0.3 });
    expect(text).toContain('What inference adds cannot be told');
    expect(text).toContain('30.0 % of the time');
    expect(text).not.toContain('input to paint takes');
    expect(view.brief({ qoe: qoeOf({ ...log, rounds: [] }, threeRounds({ waited: 0.3 })) })[0]!.text).toContain('cannot be told');
  });

  test('says which compositor drew, and that there is no screen', () => {
    expect(textOf()).toContain('puts its frames together in software');
    expect(textOf({}, { gpuCompositing: 'enabled' })).toContain('together on the GPU');
    expect(textOf({}, { gpuCompositing: null })).toContain('is not known');
    expect(textOf({}, { noVideo: 'no encoder' })).toContain('has no video: no encoder');
  });

  test('is empty where no page was used', () => {
    expect(view.blocks({ qoe: null })).toEqual([]);
    expect(view.brief({ qoe: null })).toEqual([]);
  });
});
