import { family, sampled } from './cause.js';

/** Time in the page's own code around the framework's. */
export const page = family('page', {
  /** callStacks.ts finds it by the script of the function that was sampled. */
  script: {
    title: 'Page’s scripts',
    meaning:
      'JavaScript of the page in the middle of the inference that is not the framework’s: before, between and after its calls.',
    fill: '#d1495b',
    mayBlock: true,
    evidence: sampled,
  },
});
