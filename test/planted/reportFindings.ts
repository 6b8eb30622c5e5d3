import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { Finding } from './finding.js';

const INTRODUCTION = `# Causes planted on purpose

What the tool finds of causes that were put into real Chromium in known amounts: \`npm run test:planted\`.

One run computes 34 ms of a hand-made Wasm kernel per prediction, and every odd prediction has the plant in the middle. The amount is what
the page's own clock says around it, less the time that the kernel says its thread waited for a core; for other programs on the same
cores it is that waiting itself. Found is by how much the cause is larger in predictions with the plant: means over the calmer two
thirds of the windows, by the kernel's word. The test fails where amount and found differ by more than 10 % or 1 ms, whichever is larger, or any other
cause moves by more. Rows with nothing planted are the same runs with an amount of zero.
`;

/** Prints the findings as a Markdown table, and writes planted.md with them into the folder that PLANTED_REPORT names. */
export async function reportFindings(findings: readonly Finding[], browser: string): Promise<void> {
  const table = [
    '| planted | amount | cause | found | error | largest other movement |',
    '| --- | ---: | --- | ---: | ---: | --- |',
    ...findings.map(({ plant, cause, plantedMs, foundMs, other, otherMs }) => {
      const error = signed(foundMs - plantedMs);
      const cells = [plant, ms(plantedMs), `\`${cause}\``, ms(foundMs), error, `\`${other}\` ${signed(otherMs)}`];
      return `| ${cells.join(' | ')} |`;
    }),
  ].join('\n');
  const where = `${browser}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown CPU'}, ${new Date().toISOString().slice(0, 10)}`;
  console.log(`\n${where}\n\n${table}\n`);
  if (process.env.PLANTED_REPORT)
    await writeFile(join(process.env.PLANTED_REPORT, 'planted.md'), `${INTRODUCTION}\n${where}:\n\n${table}\n`);
}

const number = (value: number): string =>
  value
    .toFixed(2)
    .replace(/^-0\.00$/, '0.00')
    .replace('-', '−');
const ms = (value: number): string => `${number(value)} ms`;
const signed = (value: number): string => `${number(value).startsWith('−') || number(value) === '0.00' ? '' : '+'}${ms(value)}`;
