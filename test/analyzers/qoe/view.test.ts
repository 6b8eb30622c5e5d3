import { describe, expect, test } from 'vitest';
import { qoeOf } from '../../../analyzers/qoe/qoe.js';
import { view } from '../../../analyzers/qoe/view.js';
import { buildRound, log, threeRounds } from './buildRounds.js';

const textOf = (options: { readonly waited?: number } = {}, changes: Partial<typeof log> = {}): string =>
  JSON.stringify(view.blocks({ qoe: qoeOf({ ...log, ...changes, rounds: [] }, threeRounds(options)) }));

describe('the section on a page that is used', () => {
  test('says first what inference adds on the main thread and in a worker', () => {
    const text = textOf();
    expect(text).toContain('With inference on the main thread');
    expect(text).toContain('input to paint takes 100 % longer (95 % +100 % to +100 %)');
    expect(text).toContain('75.0 % of vsyncs are smooth');
    expect(text).toContain('in a worker');
    expect(text).toContain('10 % longer');
    expect(text).toMatch(/from 50\.0 ms to 27\.5 ms \(measured\)/);
  });

  test('claims no change and no gain where the intervals do not tell them', () => {
    const latencies = [
      [20, 20, 21],
      [30, 10, 25],
      [10, 30, 20],
    ];
    const rounds = latencies.flatMap(([none, main, worker], round) => [
      buildRound(round, 'none', [none!]),
      buildRound(round, 'main', [main!]),
      buildRound(round, 'worker', [worker!]),
    ]);
    const qoe = qoeOf({ ...log, rounds: [] }, rounds);
    const text = JSON.stringify(view.blocks({ qoe }));
    expect(text).toMatch(/input to paint is not clearly longer or shorter \([+−]\d+ %, 95 % −\d+ % to \+\d+ %\)/);
    expect(text).toContain('is not clear');
    expect(text).not.toContain('So moving');
    const brief = view.brief({ qoe }).map((each) => each.text);
    expect(brief).toHaveLength(3);
    expect(brief[1]).toMatch(/^main thread: input to paint .* ms \(.*95 % −\d+ % to \+\d+ %\), .* smooth$/);
  });

  test('writes no change as 0 % without a sign, and says where there are too few rounds', () => {
    const qoe = qoeOf({ ...log, rounds: [] }, [
      buildRound(0, 'none', [1000]),
      buildRound(0, 'main', [999]),
      buildRound(1, 'main', [999]),
      buildRound(0, 'worker', [999]),
    ]);
    const text = JSON.stringify([view.blocks({ qoe }), view.brief({ qoe })]);
    expect(text).toContain('(0 %, no interval)');
    expect(text).not.toMatch(/[-−]0 %/);
    expect(text).toContain('in too few rounds for an interval');
    expect(text).toContain('1 to 2 rounds of each condition');
  });

  test('lists no cause of less than half a vsync, as it would read as 0', () => {
    const [none, ...others] = threeRounds();
    const [vsync] = buildRound(0, 'none', [1], { missed: 1 }).affected;
    const causes = { 'frame.gpu': 0.9, 'frame.compositor': 0.1 };
    const qoe = qoeOf({ ...log, rounds: [] }, [{ ...none!, affected: [{ ...vsync!, causes }] }, ...others]);
    const text = JSON.stringify(view.blocks({ qoe }));
    expect(text).toContain('"frame.gpu"');
    expect(text).not.toContain('"frame.compositor"');
  });

  test('says that nothing is known where no input was shown', () => {
    const qoe = qoeOf({ ...log, rounds: [] }, [buildRound(0, 'none', []), buildRound(0, 'main', [])]);
    expect(view.blocks({ qoe })[0]).toMatchObject({
      tone: 'lead',
      text: 'No input was shown, so what inference adds is unknown.',
    });
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

  test('says where rounds of one condition show their frames a vsync apart, and of which', () => {
    const of = (behind: readonly number[]): string => {
      const rounds = behind.map((vsyncsBehind, round) => buildRound(round, 'none', [20], { vsyncsBehind }));
      return JSON.stringify(view.blocks({ qoe: qoeOf({ ...log, rounds: [] }, rounds) }));
    };
    expect(of([0, 1, 0])).toContain('differ by a whole vsync');
    expect(of([0, 1, 0])).toContain('0, 1, 0');
    expect(of([1, 1, 1])).not.toContain('differ by a whole vsync');
  });

  test('shows the condition of a GPU backend in all that it says', () => {
    const rounds = [...threeRounds(), ...[0, 1, 2].map((round) => buildRound(round, 'webgl', [10, 11]))];
    const qoe = qoeOf({ ...log, gpuCompositing: 'enabled', renderer: 'NVIDIA H200', rounds: [] }, rounds);
    const blocks = view.blocks({ qoe });
    const text = JSON.stringify(blocks);
    expect(text).toMatch(/With inference on WebGL from the main thread for \d+ % of the time/);
    expect(text).toContain(
      'So running the model on WebGL, still from the main thread, takes input to paint from 50.0 ms to 10.5 ms',
    );
    expect(text).toContain('called from the main thread, as most pages do');
    expect(text).toContain('on the GPU (NVIDIA H200)');
    expect(text.match(/"On WebGL, from the main thread/g)!.length).toBeGreaterThan(3);
    expect(view.brief({ qoe }).map((each) => each.text)[3]).toMatch(/^WebGL: input to paint 10\.5 ms/);
  });

  test('claims nothing of a GPU that the processor stands in for', () => {
    const rounds = [...threeRounds(), ...[0, 1, 2].map((round) => buildRound(round, 'webgl', [90, 91]))];
    const renderer = 'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device), SwiftShader driver)';
    const qoe = qoeOf({ ...log, gpuCompositing: 'enabled', renderer, rounds: [] }, rounds);
    const text = JSON.stringify(view.blocks({ qoe }));
    expect(text).toContain('The processor stood in for a GPU, so what');
    expect(text.match(/"doubt":"The processor stood in for a GPU"/g)).toHaveLength(1);
    expect(view.brief({ qoe }).map((each) => each.text)[3]).toMatch(/^WebGL \(software\): /);
    expect(text).toContain('hold each other up as they would not on a GPU');
    expect(text).not.toContain('running the model on WebGL');
    expect(text).toContain('So moving the model from the main thread to a worker');
  });

  test('says where the wait of an input goes', () => {
    const text = textOf();
    expect(text).toContain('Where the wait of an input goes');
    expect(text).toContain('On the main thread: most in Display, 25.0 ms');
  });

  test('is empty where no page was used', () => {
    expect(view.blocks({ qoe: null })).toEqual([]);
    expect(view.brief({ qoe: null })).toEqual([]);
  });
});
