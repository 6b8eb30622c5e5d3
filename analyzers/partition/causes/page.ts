import { inertText } from '../../../src/text/inertText.js';
import { lastPart } from '../../../src/text/lastPart.js';
import { formatShare } from '../../../src/view/format.js';
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
    advice: {
      rank: 9,
      fromShare: 0.1,
      text({ id, share }, { glue }) {
        const top = glue?.functions.find(({ cause }) => cause === id);
        const where = top
          ? `, most of it ${inertText(top.function ?? '(anonymous)', 60)}${top.script === null ? '' : ` (${inertText(placeOf(top.script, top.line), 80)})`}`
          : '';
        return `${formatShare(share)} of the time is JavaScript of the page, not of the framework${where}.`;
      },
    },
  },
});

/** The file of a script and a line in it. */
function placeOf(script: string, line: number | null): string {
  const file = lastPart(script);
  return line === null ? file : `${file}:${line}`;
}
