import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inputStageIds, stagesOf, stageTimes } from '../../../analyzers/responsiveness/stages.js';

const NAMES = [
  'GenerationToBrowserMain',
  'BrowserMainToRendererCompositor',
  'RendererCompositorQueueingDelay',
  'RendererCompositorToMain',
  'RendererMainProcessing',
  'RendererMainFinishedToCommit',
  'RendererCompositorFinishedToBeginImplFrame',
  'BeginImplFrameToSendBeginMainFrame',
  'SendBeginMainFrameToCommit',
  'Commit',
  'Activation',
  'SubmitCompositorFrameToPresentationCompositorFrame',
  'unknown',
];
const named = fc.array(fc.record({ name: fc.constantFrom(...NAMES), us: fc.nat(100_000) }));

test('the stages of an input sum to it, whichever it has', () => {
  fc.assert(
    fc.property(named, fc.nat(1000), (stages, restUs) => {
      const wholeUs = stages.reduce((sum, { us }) => sum + us, 0) + restUs;
      const times = stageTimes(wholeUs, stages)!;
      expect(Object.keys(times)).toEqual([...inputStageIds]);
      expect(Object.values(times).reduce((sum, us) => sum + us, 0)).toBeCloseTo(wholeUs, 6);
    }),
  );
});

test('means of the stages of many inputs sum to their mean', () => {
  const oneOrMore = fc.array(named, { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(oneOrMore, (inputs) => {
      const wholes = inputs.map((stages) => stages.reduce((sum, { us }) => sum + us, 0));
      const all = stagesOf(inputs.map((stages, i) => ({ stages: stageTimes(wholes[i]!, stages) })));
      const meanMs = wholes.reduce((sum, us) => sum + us, 0) / wholes.length / 1000;
      expect(all.reduce((sum, stage) => sum + stage.meanMs, 0)).toBeCloseTo(meanMs, 6);
    }),
  );
});

test('stages that are longer than the input are not its', () => {
  expect(stageTimes(1000, [{ name: 'Commit', us: 1002 }])).toBeNull();
  // Each is rounded to a whole µs.
  expect(stageTimes(1000, [{ name: 'Commit', us: 1001 }])!.rendering).toBe(1001);
  expect(stagesOf([{ stages: null }])).toEqual([]);
});
